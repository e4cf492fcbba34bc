package dev.taxon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TaxonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "classify",
                "evaluate",
                "compare",
                "train full",
                "train lora",
                "merge",
                "validate-data",
                "bench",
                "doctor",
                "key create"
            })
    void helpTeachesByExample(String command) {
        TaxonRun run = TaxonRun.of((command + " --help").split(" "));
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("Examples:").contains("  taxon " + command);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void theHelpOfAllSaysWhereToStart() {
        TaxonRun run = TaxonRun.of("--help");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("Start here:").contains("classify").contains("key");
    }

    @Test
    void wrongUseIsOneLineAndStatus2() {
        assertWrongUse("--port", "up", "--port", "eighty");
        assertWrongUse("--tenant", "key", "create");
        assertWrongUse("no-such", "up", "--no-such");
        assertWrongUse("There is no port 70000; --port takes 1 to 65535", "up", "--port", "70000");
        assertWrongUse("--mode is single-label or multi-label", "classify", "--labels", "a", "--mode", "both", "text");
        assertWrongUse("--labels", "classify", "text");
        assertWrongUse("One --adapter can be for all", "classify", "--adapter", "a", "--adapter", "b", "--in", "-");
        assertWrongUse("Texts take one --adapter", "classify", "--adapter", "a=b", "--adapter", "c=d", "text");
        assertWrongUse("takes a folder, or NAME=DIR", "classify", "--adapter", "support=", "text");
        assertWrongUse("the name a", "classify", "--adapter", "a=b", "--adapter", "a=c", "--in", "-");
        assertWrongUse("not both", "classify", "--labels", "a", "--in", "-", "text");
        assertWrongUse("--batches takes numbers from 1 on", "bench", "--batches", "0");
        assertWrongUse("subcommand");
        assertWrongUse("--mixing-layers takes a number from 1 on", train("--mixing-layers", "0"));
        assertWrongUse("12 layers", train("--mixing-layers", "13"));
        assertWrongUse("513 tokens does not fit the encoder's 512 positions", train("--max-text-tokens", "513"));
        assertWrongUse("512 tokens, with its mark, does not fit", train("--max-label-tokens", "512"));
        assertWrongUse("fp16", train("--precision", "fp16"));
        assertWrongUse("focal alpha", train("--focal-alpha", "2"));
        assertWrongUse("scope", "key", "create", "--tenant", "acme", "--scope", "everything");
    }

    private static String[] train(String... options) {
        List<String> command = new ArrayList<>(List.of("train", "full", "--data", "none.jsonl", "--out", "no-run"));
        command.addAll(List.of(options));
        return command.toArray(String[]::new);
    }

    private static void assertWrongUse(String says, String... arguments) {
        TaxonRun run = TaxonRun.of(arguments);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("taxon").contains(says).contains("--help shows how");
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void aFailureIsOneLineAndStatus1() {
        TaxonRun run = TaxonRun.of("classify", "--in", "no-such-file.jsonl");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("taxon classify: There is no file no-such-file.jsonl.\n");
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        TaxonRun run = TaxonRun.of("--version");
        assertThat(run.status()).isZero();
        assertThat(run.out()).matches("taxon \\d+\\.\\d+\\.\\d+\\S*, Java \\S+\n");
    }

    @Test
    void numbersThatAreNoneAreToldInWords() {
        assertWrongUse("'--limit': 'x' is not a whole number", "evaluate", "--data", "none.jsonl", "--limit", "x");
        assertWrongUse(
                "'99999999999' is not a whole number of this size",
                train("--seed", "1", "--mixing-layers", "99999999999"));
        assertWrongUse("'--threshold': 'x' is not a number", "classify", "--labels", "a", "--threshold", "x", "text");
    }

    @Test
    void aFolderWithoutDataIsOneLine(@TempDir Path folder) {
        TaxonRun run = TaxonRun.of("baselines", "--data", folder.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(folder.toString()).contains("holds no .jsonl");
    }

    @Test
    void theDoctorTellsWhatWasFoundAndChosen() {
        TaxonRun run = TaxonRun.of("doctor");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("processor  ").contains("libtorch   ").contains("chosen     ");
    }

    @Test
    void aFailureShowsWhereItCameFromWhenAsked() {
        TaxonRun run = TaxonRun.of("classify", "--in", "no-such-file.jsonl", "--stacktrace");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("NoSuchFileException").contains("\tat ");
    }

    @Test
    void aModelFolderThatIsNotThereIsOneLine() {
        TaxonRun run = TaxonRun.of("up", "--model", "no-such-model");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("no-such-model").contains("--model");
        assertThat(run.err().lines()).hasSize(1);
    }
}
