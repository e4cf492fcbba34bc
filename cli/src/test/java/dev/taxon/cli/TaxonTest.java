package dev.taxon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TaxonTest {
    @ParameterizedTest
    @ValueSource(strings = {"up", "classify", "evaluate", "train full", "bench", "key create"})
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
        assertWrongUse("--mode is single-label or multi-label", "classify", "--labels", "a", "--mode", "both", "text");
        assertWrongUse("--labels", "classify", "text");
        assertWrongUse("not both", "classify", "--labels", "a", "--in", "-", "text");
        assertWrongUse("--batches takes numbers from 1 on", "bench", "--batches", "0");
        assertWrongUse("subcommand");
        assertWrongUse("scope", "key", "create", "--tenant", "acme", "--scope", "everything");
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

    @Test
    void aPortThatDoesNotExistIsOneLine() {
        TaxonRun run = TaxonRun.of("up", "--port", "70000");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("taxon up: There is no port 70000; --port takes 1 to 65535.\n");
    }
}
