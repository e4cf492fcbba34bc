package dev.taxon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train lora} on a small real checkpoint. */
final class TrainLoraCommandTest {
    @TempDir
    Path folder;

    @Test
    void aSettingThatMakesNoSenseIsNamedAsItsOption() throws IOException {
        assertWrong("--rank", "0");
        assertWrong("--rate", "-1");
        assertWrong("--up-rate", "-1");
        assertWrong("--warmup", "1.5");
        assertWrong("--weight-decay", "-1");
        assertWrong("--clip", "0");
        assertWrong("--epochs", "0");
        assertWrong("--batch-rows", "0");
        assertWrong("--batch-rows", "513");
        assertWrong("--batch-tokens", "65537");
        assertWrong("--max-labels", "1");
        assertWrong("--max-labels", "1001");
        assertWrong("--alpha", "1000001");
        assertWrong("--hard-share", "2");
        assertWrong("--focal-gamma", "-1");
        assertWrong("--binary-weight", "-1");
        assertWrong("--folds", "1");
        assertWrong("--folds", "101");
        assertWrong("--held-out", "0.7");
        assertWrong("--max-length", "0");
    }

    @Test
    void aShareOfRehearsedRowsThatMakesNoSenseIsNamedToo() throws IOException {
        Path data = data();
        TaxonRun run = lora(
                data,
                "--from",
                folder.resolve("older").toString(),
                "--rehearse",
                data.toString(),
                "--rehearse-share",
                "1.5");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--rehearse-share: ").doesNotContain("Unexpected");
    }

    private void assertWrong(String option, String value) throws IOException {
        TaxonRun run = lora(data(), option, value);
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains("taxon train lora: " + option + ": ");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private TaxonRun lora(Path data, String... options) {
        return new SmallTraining("lora", folder).run(data, options);
    }

    private Path data() throws IOException {
        return new SmallTraining("lora", folder).data(12);
    }
}
