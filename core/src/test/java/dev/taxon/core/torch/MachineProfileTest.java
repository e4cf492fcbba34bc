package dev.taxon.core.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineProfileTest {
    private static final Map<Precision, Double> RATES =
            Map.of(Precision.FP32, 150.0, Precision.BF16, 400.0, Precision.INT8, 700.0);

    @TempDir
    Path folder;

    @Test
    void theFastestIsChosenWhereItIsClearlyFasterAndNeverInt8() {
        assertThat(new MachineProfile("m", RATES).chosen()).isEqualTo(Precision.BF16);
        assertThat(new MachineProfile("m", Map.of(Precision.FP32, 150.0, Precision.BF16, 170.0)).chosen())
                .isEqualTo(Precision.FP32);
        assertThat(new MachineProfile("m", Map.of(Precision.FP32, 150.0, Precision.INT8, 900.0)).chosen())
                .isEqualTo(Precision.FP32);
        assertThat(new MachineProfile("m", Map.of(Precision.FP32, 9.0, Precision.BF16, 90.0, Precision.FP16, 95.0))
                        .chosen())
                .isEqualTo(Precision.BF16);
        assertThat(new MachineProfile("m", Map.of(Precision.FP32, 9.0, Precision.BF16, 9.0, Precision.FP16, 95.0))
                        .chosen())
                .isEqualTo(Precision.FP16);
    }

    @Test
    void aMachineIsMeasuredOnceAndAnotherAnew() {
        AtomicInteger measured = new AtomicInteger();
        Path file = folder.resolve("not/there/yet/machine.json");
        for (int start = 0; start < 3; start++) {
            assertThat(store(file).of("one", () -> counted(measured)).rates()).isEqualTo(RATES);
        }
        assertThat(measured).hasValue(1);
        store(file).of("another", () -> counted(measured));
        store(file).of("one", () -> counted(measured));
        assertThat(measured).hasValue(2);
    }

    @Test
    void aDamagedFileIsMeasuredAnewAndMended() throws IOException {
        for (String damaged : List.of("", "{", "[]", "null", "{\"one\": {\"FP32\": \"fast\"}}", "{\"one\": 7}")) {
            Path file = Files.writeString(folder.resolve("machine.json"), damaged);
            AtomicInteger measured = new AtomicInteger();
            store(file).of("one", () -> counted(measured));
            store(file).of("one", () -> counted(measured));
            assertThat(measured).as(damaged).hasValue(1);
        }
    }

    @Test
    void whereNothingCanBeKeptItIsMeasuredEachTime() throws IOException {
        Path file = Files.createFile(folder.resolve("a file")).resolve("machine.json");
        AtomicInteger measured = new AtomicInteger();
        assertThat(store(file).of("one", () -> counted(measured)).chosen()).isEqualTo(Precision.BF16);
        store(file).of("one", () -> counted(measured));
        assertThat(measured).hasValue(2);
    }

    @Test
    void singlePrecisionRunsEverywhere() {
        assertThat(PrecisionProbe.rates(Device.cpu())).containsKey(Precision.FP32);
    }

    @Test
    void aBusyMomentMakesARateTooLowRatherThanBoundless() {
        ProductRate quiet = new ProductRate();
        quiet.add(3, 11);
        quiet.add(30, 110);
        assertThat(quiet.aSecond()).isEqualTo(1);
        ProductRate busy = new ProductRate();
        busy.add(20, 19);
        assertThat(busy.aSecond()).isEqualTo(10 / 19.0);
    }

    @Test
    void aProcessorIsReadAsLinuxTellsIt() {
        Processor processor = Processor.of(
                List.of("processor\t: 0", "model name\t: Some CPU @ 2 GHz", "flags\t\t: fpu amx_bf16 avx2 avx512f"), 4);
        assertThat(processor).isEqualTo(new Processor("Some CPU @ 2 GHz", List.of("avx2", "avx512f", "amx_bf16"), 4));
        assertThat(Processor.of(List.of(), 1).model()).isEqualTo("unknown processor");
    }

    private static ProfileStore store(Path file) {
        return new ProfileStore(file);
    }

    private static Map<Precision, Double> counted(AtomicInteger measured) {
        measured.incrementAndGet();
        return RATES;
    }
}
