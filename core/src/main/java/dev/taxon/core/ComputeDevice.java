package dev.taxon.core;

import ai.djl.Device;
import dev.taxon.core.torch.Machine;

/** Where a model runs. */
public enum ComputeDevice {
    /** The GPU where there is one that libtorch can use, else the CPU. */
    AUTO,
    CPU,
    CUDA;

    /**
     * The device itself.
     *
     * @throws DeviceException for a GPU that libtorch cannot use
     */
    Device resolve() {
        boolean cuda = this != CPU && Machine.hasCuda();
        if (this == CUDA && !cuda) {
            throw new DeviceException("There is no GPU that this libtorch can use: the one that comes with Taxon is for"
                    + " CPUs. Point PYTORCH_LIBRARY_PATH at the lib folder of a libtorch " + Machine.libtorchVersion()
                    + " for CUDA, or take the CPU.");
        }
        return cuda ? Device.gpu() : Device.cpu();
    }
}
