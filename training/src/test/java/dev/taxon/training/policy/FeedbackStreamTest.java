package dev.taxon.training.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.training.data.DataException;
import dev.taxon.training.policy.FeedbackRow.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackStreamTest {
    private static final String ACCEPTED =
            "{\"text\":\"t\",\"labels\":[\"a\",\"b\"],\"predicted\":[\"a\"],\"verdict\":\"accepted\"}";
    private static final String REJECTED = ACCEPTED.replace("accepted", "rejected");
    private static final String CORRECTED =
            ACCEPTED.replace("\"accepted\"", "\"corrected\",\"true_labels\":[\"b\",\"a\"]");

    @TempDir
    Path folder;

    @Test
    void readsEachVerdict() throws IOException {
        List<FeedbackRow> rows = read(ACCEPTED + "\r\n\n" + REJECTED + "\n" + CORRECTED);
        assertThat(rows)
                .containsExactly(
                        row(Verdict.ACCEPTED, Optional.empty()),
                        row(Verdict.REJECTED, Optional.empty()),
                        row(Verdict.CORRECTED, Optional.of(List.of("b", "a"))));
        assertThat(rows)
                .extracting(FeedbackRow::judgement)
                .containsExactly(
                        new Judgement.Accepted(Set.of("a")),
                        new Judgement.Rejected(Set.of("a")),
                        new Judgement.Corrected(Set.of("a", "b")));
    }

    @Test
    void itIsTheJudgedAnswerThatIsLearnedFrom() throws IOException {
        FeedbackRow row = read(REJECTED).get(0);
        PolicyRow learned = row.policyRow("feedback.jsonl, line 1", true);
        assertThat(learned.taken()).contains(Set.of("a"));
        assertThat(learned.labels()).containsExactly("a", "b");
        FeedbackRow nothing = read(REJECTED.replace("[\"a\"]", "[]")).get(0);
        assertThat(nothing.policyRow("line 1", false).taken()).contains(Set.of());
        assertThatThrownBy(() -> nothing.policyRow("line 1", true)).hasMessageContaining("exactly one label");
    }

    @Test
    void saysWhereARowStands() throws IOException {
        Path file = write("\n" + ACCEPTED + "\n\n" + REJECTED);
        try (FeedbackStream stream = FeedbackStream.open(file)) {
            stream.next();
            assertThat(stream.place()).endsWith("feedback.jsonl, line 2");
            stream.next();
            assertThat(stream.place()).endsWith("feedback.jsonl, line 4");
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void takesAnAcceptedRowThatRepeatsItsLabels() throws IOException {
        assertThat(read(ACCEPTED.replace("accepted\"", "accepted\",\"true_labels\":[\"a\"]")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"text\":\"secret\"          | \"text\":5                   | other than a string in text",
                "\"text\":\"secret\"          | \"text\":\" \"               | a blank string in text",
                "\"text\":\"secret\",         | ''                           | lacks text",
                "\"verdict\":\"accepted\"     | \"verdict\":\"secret\"       | a verdict other than accepted",
                "\"verdict\":\"accepted\"     | \"verdict\":\"corrected\"    | is corrected and lacks true_labels",
                "\"verdict\":\"accepted\"     | \"verdict\":\"rejected\",\"true_labels\":[\"b\"] | call it corrected",
                "\"verdict\":\"accepted\"     | \"verdict\":\"accepted\",\"true_labels\":[\"b\"] | call it corrected",
                "\"verdict\":\"accepted\"     | \"verdict\":\"accepted\",\"secret\":1            | has a field other than",
                "\"verdict\":\"accepted\"     | \"verdict\":\"corrected\",\"true_labels\":[\"secret\"] | not in labels",
                "\"predicted\":[\"a\"]        | \"predicted\":[\"secret\"]   | a label in predicted that is not in labels",
                "\"predicted\":[\"a\"]        | \"predicted\":[\"a\",\"a\"]  | the same label twice in predicted",
                "\"predicted\":[\"a\"]        | \"predicted\":\"a\"          | other than a list of strings in predicted",
                "\"predicted\":[\"a\"]        | \"predicted\":[null]         | other than a string in predicted",
                "\"labels\":[\"a\",\"b\"],\"predicted\":[\"a\"] | \"labels\":[],\"predicted\":[] | has no labels",
                "\"labels\":[\"a\",\"b\"]     | \"labels\":[\"a\",\"a\"]     | the same label twice in labels",
                "\"text\":\"secret\"          | \"text\":\"a\",\"text\":\"b\" | each field once",
                "\"text\":\"secret\"          | \"text\":\"secret \\ud800\" | surrogate",
                "\"text\":\"secret\"          | \"text\":secret              | not well-formed JSON at column",
            })
    void refusesARowThatIsNotAsItShouldBe(String part, String other, String reason) {
        String good = ACCEPTED.replace("\"t\"", "\"secret\"");
        assertThat(good).contains(part);
        assertRefused(ACCEPTED + "\n" + good.replace(part, other), "feedback.jsonl, line 2", reason);
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        String deep = ACCEPTED.replace("[\"a\"]", "[".repeat(5_000) + "]".repeat(5_000));
        assertRefused(ACCEPTED + "\n" + deep, "feedback.jsonl, line 2", "nested too deeply");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "[]", "\"secret\"", "null"})
    void refusesALineThatIsNoObject(String line) {
        assertRefused(ACCEPTED + "\n\n" + line, "feedback.jsonl, line 3", "is not a JSON object");
    }

    @Test
    void aRowHasALineOfItsOwn() {
        assertRefused(ACCEPTED + " " + REJECTED, "line 1", "put each on one line");
        assertRefused(ACCEPTED + "\n" + REJECTED.replace(",", ",\n"), "line 2", "put each on one line");
    }

    @Test
    void aFileThatIsNotThereOrNotUtf8IsSaidToBe() throws IOException {
        assertThatThrownBy(() -> FeedbackStream.open(folder.resolve("none.jsonl")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none.jsonl");
        Path latin = folder.resolve("feedback.jsonl");
        Files.write(latin, ACCEPTED.replace("\"t\"", "\"\u00e9\"").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> readFile(latin)).hasMessageContaining("not UTF-8");
    }

    private static FeedbackRow row(Verdict verdict, Optional<List<String>> trueLabels) {
        return new FeedbackRow("t", List.of("a", "b"), List.of("a"), verdict, trueLabels);
    }

    private void assertRefused(String content, String... parts) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    private List<FeedbackRow> read(String content) throws IOException {
        return readFile(write(content));
    }

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("feedback.jsonl"), content);
    }

    private static List<FeedbackRow> readFile(Path file) {
        try (FeedbackStream stream = FeedbackStream.open(file)) {
            List<FeedbackRow> rows = new ArrayList<>();
            for (FeedbackRow row = stream.next(); row != null; row = stream.next()) {
                rows.add(row);
            }
            return rows;
        }
    }
}
