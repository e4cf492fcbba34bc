package dev.taxon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train ppo} on a small real checkpoint. */
final class TrainPpoCommandTest {
    @TempDir
    Path folder;

    @Test
    void learnsFromRewardsAndTellsOfEveryStep() throws IOException {
        Path data = data(12);
        TaxonRun run = ppo(data, "--steps", "2", "--kl", "0", "--entropy", "0", "--json");
        assertThat(run.status()).as(run.err()).isZero();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : run.out().split("\n")) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines)
                .filteredOn(line -> line.get("event").asText().equals("reward"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.fieldNames())
                        .toIterable()
                        .contains("reward", "advantage", "entropy", "divergence", "clip_fraction", "value_loss"));
        assertThat(lines.get(lines.size() - 1).get("event").asText()).isEqualTo("adapter");
        assertThat(folder.resolve("out/adapter/taxon.json")).exists();
        assertThat(folder.resolve("out/report.html")).exists();
    }

    @Test
    void learnsFromFeedback() throws IOException {
        String rows = IntStream.range(0, 6)
                .mapToObj(row ->
                        "{\"text\":\"note %d\",\"labels\":[\"a\",\"b\"],\"predicted\":[\"a\"],\"verdict\":\"%s\"}"
                                .formatted(row, row % 2 == 0 ? "accepted" : "rejected"))
                .collect(Collectors.joining("\n"));
        Path feedback = Files.writeString(folder.resolve("feedback.jsonl"), rows + "\n");
        TaxonRun run = ppo(data(20), "--feedback", feedback.toString(), "--steps", "2");
        assertThat(run.status()).as(run.err()).isZero();
        // Six of the texts were learned from, as people judged them.
        assertThat(run.out()).contains("14 rows that were held out", "Beside the start");
    }

    @Test
    void isNotJudgedByFilesThatWhatItGoesOnFromHadLearned() throws IOException {
        Path learned = data(50);
        assertThat(new SmallTraining("lora", Files.createDirectories(folder.resolve("first")))
                        .run(learned, "--epochs", "1", "--folds", "0")
                        .status())
                .isZero();

        String first = folder.resolve("first/out").toString();
        TaxonRun second = ppo(learned, "--from", first, "--steps", "1");
        assertThat(second.out()).contains("warning: ", "50 rows that were learned from, now or before");

        Path others = LabelledRows.write(
                Files.createDirectories(folder.resolve("others")),
                IntStream.range(0, 45)
                        .mapToObj(row -> LabelledRows.row("other " + row, row % 2 == 0 ? "\"a\"" : "\"b\""))
                        .toArray(String[]::new));
        TaxonRun third = new SmallTraining("ppo", Files.createDirectories(folder.resolve("third")))
                .run(others, "--from", folder.resolve("out/adapter").toString(), "--steps", "1");
        assertThat(third.out()).contains("9 rows that were held out");

        TaxonRun fourth = new SmallTraining("lora", Files.createDirectories(folder.resolve("fourth")))
                .run(learned, "--from", folder.resolve("third/out").toString(), "--epochs", "1");
        assertThat(fourth.out()).as("by what its start had started from").contains("50 rows that were learned from");
    }

    @Test
    void spacesBesideTheCommasOfLabelsAreNoPartOfThem() throws IOException {
        TaxonRun run = ppo(data(12), "--labels", "a, b", "--steps", "1");
        assertThat(run.status()).as(run.err()).isZero();
    }

    @Test
    void wrongUseIsToldInOneLine() throws IOException {
        assertWrong("There is no reward 'f2'", "--reward", "f2=1");
        assertWrong("needs a cost matrix", "--reward", "cost=1");
        assertWrong("--epochs or --steps", "--epochs", "1", "--steps", "1");
        assertWrong("--clip-range: the clip lies between 0 and 1", "--clip-range", "2");
        assertWrong("--kl: the divergence's weight", "--kl", "-1");
        assertWrong("--held-out: ", "--held-out", "0.7");
        assertWrong("--max-length: ", "--max-length", "0");
        assertWrong("leave --rank out", "--from", "adapters/older", "--rank", "8");
        assertWrong("leave --held-out out", "--feedback", "judged.jsonl", "--held-out", "0.2");
        assertWrong("--epochs: ", "--epochs", "0");
        assertWrong("--epochs: ", "--epochs", "10001");
        assertWrong("--batch-tokens: ", "--batch-tokens", "65537");
        assertWrong("--value-rate: ", "--value-rate", "NaN");
    }

    private void assertWrong(String says, String... options) throws IOException {
        TaxonRun run = ppo(data(12), options);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(says);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aRewardThatCannotBeGivenFailsInOneLine() throws IOException {
        Path costs = Files.writeString(folder.resolve("costs.csv"), "truth,x,y\nx,0,1\ny,5,0\n");
        TaxonRun run = ppo(data(12), "--cost", costs.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines())
                .anySatisfy(
                        line -> assertThat(line).contains("Step 1", "reward cost of row", "not in the cost matrix"));
        assertThat(run.err()).doesNotContain("Unexpected", "note");
    }

    private TaxonRun ppo(Path data, String... options) {
        return new SmallTraining("ppo", folder).run(data, options);
    }

    private Path data(int rows) throws IOException {
        return new SmallTraining("ppo", folder).data(rows);
    }
}
