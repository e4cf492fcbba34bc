package dev.taxon.core.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.util.cuda.CudaUtils;

/** This machine as libtorch sees it. */
public final class Machine {
    private Machine() {}

    /** Whether this libtorch can use a GPU, and there is one. */
    public static boolean hasCuda() {
        Torch.initialize();
        Engine engine = Engine.getEngine(Torch.ENGINE);
        return engine.hasCapability(StandardCapabilities.CUDA) && engine.getGpuCount() > 0;
    }

    public static String libtorchVersion() {
        Torch.initialize();
        return Engine.getEngine(Torch.ENGINE).getVersion();
    }

    /** What a measurement on a device is kept under: whatever changes its result. */
    public static String describe(Device device) {
        Processor processor = Processor.current();
        return String.join(
                ", ",
                device.isGpu() ? "cuda " + CudaUtils.getComputeCapability(device.getDeviceId()) : "cpu",
                processor.model(),
                String.join(" ", processor.features()),
                processor.cores() + " cores",
                "libtorch " + libtorchVersion());
    }
}
