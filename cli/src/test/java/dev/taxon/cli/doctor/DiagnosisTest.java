package dev.taxon.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.torch.MachineProfile;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.Processor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    @Test
    void saysWhatWasChosenAndWhatWouldBeFaster() {
        String told = told(2, false, Map.of(Precision.FP32, 150.0, Precision.BF16, 405.0, Precision.INT8, 810.0));
        assertThat(told)
                .contains("Some CPU, 2 cores")
                .contains("avx2; it lacks avx512f")
                .contains("libtorch   2.7.1, without a GPU")
                .contains("fp32 150, bf16 405, int8 810 billion operations a second")
                .contains("chosen     bf16 on the CPU: its products are 2.7 times as fast as those of fp32")
                .contains("--precision int8")
                .contains("feed-forward products are 2.0 times as fast as those chosen")
                .contains("PYTORCH_LIBRARY_PATH")
                .doesNotContain("a processor with", "a second core");
    }

    @Test
    void saysWhatIsMissingOnAnOldMachine() {
        String told = told(1, false, Map.of(Precision.FP32, 50.0, Precision.BF16, 20.0, Precision.INT8, 40.0));
        assertThat(told)
                .contains("chosen     fp32 on the CPU")
                .contains("a processor with AVX512-BF16 or AMX")
                .contains("a second core")
                .doesNotContain("--precision int8");
    }

    @Test
    void hasNoMoreAdviceForAGpu() {
        String told = told(8, true, Map.of(Precision.FP32, 20_000.0, Precision.FP16, 200_000.0));
        assertThat(told).contains("chosen     fp16 on the GPU").doesNotContain("faster     ");
    }

    private static String told(int cores, boolean cuda, Map<Precision, Double> rates) {
        Findings findings = new Findings(
                new Processor("Some CPU", List.of("avx2"), cores),
                "Some VM 17",
                "2.7.1",
                cuda,
                new MachineProfile("m", rates));
        return String.join("\n", Diagnosis.of(findings));
    }
}
