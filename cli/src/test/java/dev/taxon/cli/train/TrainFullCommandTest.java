package dev.taxon.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.cli.console.WrongUse;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.training.run.FullTrainingSettings.Export;
import dev.taxon.training.run.FullTrainingSettings.Loss;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the options of {@code train full} come to, on the real base encoder. */
final class TrainFullCommandTest {
    @Test
    void theModelIsCalledAsToldOrElseAsItsFolder() {
        assertThat(command("--out", "runs/support/../first/").settings().export())
                .isEqualTo(new Export("first", 1));
        assertThat(command("--out", "runs/first", "--name", "support")
                        .settings()
                        .export())
                .isEqualTo(new Export("support", 1));
        assertThatThrownBy(() -> command("--out", "runs/first", "--name", " ").settings())
                .isInstanceOf(WrongUse.class)
                .hasMessageContaining("--name: ");
    }

    @Test
    void checkpointsAreFiveHundredStepsApart() {
        assertThat(command().settings().checkpointEvery()).isEqualTo(500);
    }

    @Test
    void aFocalAlphaOfZeroIsNone() {
        assertThat(command("--focal-alpha", "0").settings().loss()).isEqualTo(new Loss(-1, 0, 1));
    }

    @Test
    void aBatchHasUpTo512Rows() {
        assertThat(command("--batch-rows", "512").settings().sampling().batch().maxRows())
                .isEqualTo(512);
        assertThatThrownBy(() -> command("--batch-rows", "513").settings())
                .isInstanceOf(WrongUse.class)
                .hasMessage(
                        "--batch-rows: the most rows of a batch must be at least the sets per batch, and at most 512.");
    }

    @Test
    void theLimitsOfTokensFitTheEncoder() {
        assertMisfit("A text of 513 tokens", "512 positions", "--max-text-tokens", "513");
        assertMisfit("A label of 512 tokens", "512 positions", "--max-label-tokens", "512");
        assertMisfit("at least 3 tokens", "--max-text-tokens", "--max-text-tokens", "2");
        StartOptions most = start("--max-text-tokens", "512", "--max-label-tokens", "511");
        try (Checkpoint checkpoint = most.open();
                Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get())) {
            assertThat(most.tokens(checkpoint, tokenizer)
                            .text("word ".repeat(600))
                            .length())
                    .isEqualTo(512);
        }
    }

    private static void assertMisfit(String says, String alsoSays, String... arguments) {
        StartOptions start = start(arguments);
        try (Checkpoint checkpoint = start.open();
                Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get())) {
            assertThatThrownBy(() -> start.tokens(checkpoint, tokenizer))
                    .isInstanceOf(WrongUse.class)
                    .hasMessageContaining(says)
                    .hasMessageContaining(alsoSays);
        }
    }

    @Test
    void aModelOfTheReferencesLayoutIsRefusedBeforeAnythingIsRead() {
        StartOptions start = start("--model", "../core/src/test/resources/oracle/bert-simple-first");
        assertThatThrownBy(start::open)
                .isInstanceOf(WrongUse.class)
                .hasMessageContaining("trains late-mixing models only; use train lora");
    }

    @Test
    void aResumedRunKnowsItsModelByContentNotByName() {
        Map<String, String> two = facts("--mixing-layers", "2");
        assertThat(facts("--mixing-layers", "2")).isEqualTo(two);
        assertThat(two.get("content digest")).matches("[0-9a-f]{64}");
        assertThat(facts("--mixing-layers", "3").get("content digest")).isNotEqualTo(two.get("content digest"));
        assertThat(two.values()).noneMatch(value -> value.contains("bge"));
    }

    private static Map<String, String> facts(String... arguments) {
        StartOptions start = start(arguments);
        try (Checkpoint checkpoint = start.open()) {
            return start.facts(checkpoint);
        }
    }

    private static StartOptions start(String... arguments) {
        return command(arguments).start;
    }

    private static TrainFullCommand command(String... arguments) {
        TrainFullCommand command = new TrainFullCommand();
        new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .parseArgs(withRequired(arguments));
        return command;
    }

    private static String[] withRequired(String... arguments) {
        String[] all = new String[arguments.length + 4];
        System.arraycopy(new String[] {"--data", "none.jsonl", "--out", "runs/some"}, 0, all, 0, 4);
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return all;
    }
}
