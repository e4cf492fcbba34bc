package dev.taxon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
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

    @Test
    void labelsThatOnlyRehearsedRowsHaveAreWarnedOf() throws IOException {
        assertThat(lora(data(), "--epochs", "1").status()).isZero();
        Path older = Files.createDirectory(folder.resolve("older")).resolve("older.csv");
        Files.writeString(older, "text,label\nnote 1,b\nnote 2,gone\n");
        TaxonRun run = new SmallTraining("lora", folder.resolve("older"))
                .run(
                        folder.resolve("rows.jsonl"),
                        "--epochs",
                        "1",
                        "--from",
                        folder.resolve("out/adapter").toString(),
                        "--rehearse",
                        older.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("warning: rehearsed rows have labels", "(1, as gone)", "--labels");
    }

    @Test
    void aTaskThatAnEmptyCellMakesMultiLabelIsWarnedOf() throws IOException {
        Path data = folder.resolve("cells.csv");
        Files.writeString(data, "text,label\n" + "note,a\nmail,b\n".repeat(4) + "other,\n");
        assertThat(lora(data, "--epochs", "1").err())
                .contains("warning: the task is multi-label", "--mode single-label");
    }

    @Test
    void figuresOfRowsThatTheAdapterHasLearnedAreWarnedOf() throws IOException {
        Path learned = data();
        assertThat(lora(learned, "--epochs", "1").status()).isZero();
        Path copy = Files.copy(learned, folder.resolve("copy.jsonl"));
        Path others = Files.writeString(folder.resolve("others.jsonl"), Files.readString(learned) + "\n");
        Path job = folder.resolve("out");
        assertThat(evaluated(job.resolve("adapter"), copy)).contains("warning: ", "has learned from", "copy.jsonl");
        assertThat(evaluated(job.resolve("adapter"), others)).doesNotContain("warning");
        TaxonRun compared = SmallTraining.measure(
                "compare", "--data", copy.toString(), "--first", "none", "--second", job + "/adapter");
        assertThat(compared.err()).contains("warning: " + job.resolve("adapter") + " has learned from");
    }

    private String evaluated(Path adapter, Path data) {
        TaxonRun run = SmallTraining.measure("evaluate", "--data", data.toString(), "--adapter", adapter.toString());
        assertThat(run.status()).as(run.err()).isZero();
        return run.err();
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
