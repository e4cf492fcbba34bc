package dev.taxon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import dev.taxon.core.torch.Machine;
import org.junit.jupiter.api.Test;

class ComputeDeviceTest {
    @Test
    void theCpuIsAlwaysThere() {
        assertThat(ComputeDevice.CPU.resolve()).isEqualTo(Device.cpu());
    }

    @Test
    void withoutAGpuAutoIsTheCpuAndCudaIsRefusedWithTheWayToGetOne() {
        assumeThat(Machine.hasCuda()).isFalse();
        assertThat(ComputeDevice.AUTO.resolve()).isEqualTo(Device.cpu());
        assertThatThrownBy(ComputeDevice.CUDA::resolve)
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("no GPU")
                .hasMessageContaining("PYTORCH_LIBRARY_PATH");
    }
}
