package dev.taxon.core.torch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.DeviceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchTest {
    @ParameterizedTest
    @CsvSource({"Linux, aarch64", "Mac OS X, amd64", "Windows 11, amd64", "'', ''"})
    void aMachineThatLibtorchDoesNotRunOnIsAFailureToTellTheUserOf(String system, String architecture) {
        assertThatThrownBy(() -> Torch.requireSupported(system, architecture))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("Taxon runs on linux-x86_64");
    }

    @Test
    void linuxOnAmd64IsWhatItRunsOn() {
        assertThatCode(() -> Torch.requireSupported("Linux", "amd64")).doesNotThrowAnyException();
    }
}
