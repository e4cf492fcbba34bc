package dev.taxon.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.torch.Precision;
import dev.taxon.training.run.JobIdentity;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run that goes on learns in, where the command does not say: whatever this machine measures now. */
final class ResumedPrecisionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16"})
    void thatItBeganIn(Precision begun) {
        JobIdentity.require(folder.resolve("run"), Map.of("precision", begun.name()));
        AdapterOutput output = new AdapterOutput();
        output.out = folder;
        output.resume = true;
        assertThat(new BaseOptions().precision(output.begunIn())).isEqualTo(begun);
    }

    @Test
    void whatTheCommandSaysGoesFirst() {
        BaseOptions base = new BaseOptions();
        base.precision = BaseOptions.LoraPrecision.FP32;
        assertThat(base.precision(Optional.of(Precision.BF16))).isEqualTo(Precision.FP32);
    }

    @Test
    void aNewRunKnowsOfNone() {
        AdapterOutput output = new AdapterOutput();
        output.out = folder;
        output.resume = true;
        assertThat(output.begunIn()).isEmpty();
    }
}
