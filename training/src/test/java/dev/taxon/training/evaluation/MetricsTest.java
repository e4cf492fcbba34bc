package dev.taxon.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.core.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-12);
    private static final List<String> LABELS = List.of("a", "b", "c");

    @Test
    void singleLabelByHand() {
        // a is found once of twice, b is found and once wrongly answered, c is never true and never answered.
        Metrics metrics = Metrics.of(
                Mode.SINGLE_LABEL, List.of(row(LABELS, "a", "a"), row(LABELS, "a", "b"), row(LABELS, "b", "b")));
        assertThat(metrics.rows()).isEqualTo(3);
        assertThat(metrics.accuracy()).isCloseTo(2 / 3.0, EXACT);
        assertThat(metrics.microF1()).isCloseTo(2 / 3.0, EXACT);
        assertThat(metrics.macroF1()).isCloseTo((2 / 3.0 + 2 / 3.0 + 0) / 3, EXACT);
        assertThat(metrics.weightedF1()).isCloseTo(2 / 3.0, EXACT);
        assertThat(metrics.perLabel().get("a")).isEqualTo(new LabelCounts(1, 0, 1, 1));
        assertThat(metrics.confusion())
                .isEqualTo(Map.of(
                        "a", Map.of("a", 1L, "b", 1L, "c", 0L),
                        "b", Map.of("a", 0L, "b", 1L, "c", 0L),
                        "c", Map.of("a", 0L, "b", 0L, "c", 0L)));
    }

    @Test
    void multiLabelByHand() {
        Metrics metrics = Metrics.of(
                Mode.MULTI_LABEL,
                List.of(
                        new Judged(LABELS, List.of("a", "b"), List.of("b", "a")),
                        new Judged(LABELS, List.of(), List.of("c")),
                        new Judged(LABELS, List.of("a"), List.of()),
                        new Judged(LABELS, List.of(), List.of())));
        assertThat(metrics.accuracy()).isCloseTo(0.5, EXACT);
        assertThat(metrics.microF1()).isCloseTo(2 * 2.0 / (2 * 2 + 1 + 1), EXACT);
        assertThat(metrics.macroF1()).isCloseTo((2 / 3.0 + 1 + 0) / 3, EXACT);
        assertThat(metrics.weightedF1()).isCloseTo((2 * 2 / 3.0 + 1) / 3, EXACT);
        assertThat(metrics.confusion()).isEmpty();
        assertThat(MetricsJson.of(metrics).at("/confusion/a").toString()).isEqualTo("[[2,0],[1,1]]");
    }

    @Test
    void theMacroAverageIsNullWhereRowsOfferDifferentLabels() {
        Metrics metrics =
                Metrics.of(Mode.SINGLE_LABEL, List.of(row(LABELS, "a", "a"), row(List.of("x", "y"), "y", "x")));
        assertThat(metrics.macroF1()).isNull();
        assertThat(metrics.accuracy()).isCloseTo(0.5, EXACT);
        assertThat(metrics.confusion()).isEqualTo(Map.of("a", Map.of("a", 1L), "y", Map.of("x", 1L)));
        ObjectNode json = MetricsJson.of(metrics);
        assertThat(json.get("macro_f1").isNull()).isTrue();
        assertThat(json.at("/per_label/a/support").asInt()).isEqualTo(1);
    }

    @Test
    void anotherOrderOfTheSameLabelsIsNoDifference() {
        Metrics metrics = Metrics.of(
                Mode.SINGLE_LABEL,
                List.of(row(LABELS, "a", "a"), row(List.of("c", "b", "a"), "b", "b"), row(LABELS, "c", "c")));
        assertThat(metrics.macroF1()).isCloseTo(1, EXACT);
    }

    @Test
    void aRowWithoutAnAnswerCountsAsWrong() {
        Metrics metrics = Metrics.of(
                Mode.SINGLE_LABEL, List.of(new Judged(LABELS, List.of("a"), List.of()), row(LABELS, "a", "a")));
        assertThat(metrics.accuracy()).isCloseTo(0.5, EXACT);
        assertThat(metrics.perLabel().get("a")).isEqualTo(new LabelCounts(1, 0, 1, 0));
    }

    @Test
    void theJsonHasTheFieldsOfTheContractInOrder() {
        ObjectNode json = MetricsJson.of(Metrics.of(Mode.SINGLE_LABEL, List.of(row(LABELS, "a", "a"))));
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "rows", "mode", "accuracy", "micro_f1", "macro_f1", "weighted_f1", "per_label", "confusion");
        assertThat(json.get("mode").asText()).isEqualTo("single-label");
    }

    @Test
    void aPredictionOutsideTheLabelsIsRefused() {
        assertThatThrownBy(() -> row(LABELS, "a", "z")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("oracleCases")
    void agreesWithScikitLearn(JsonNode expected) {
        boolean single = expected.get("mode").asText().equals("single-label");
        Metrics metrics = Metrics.of(single ? Mode.SINGLE_LABEL : Mode.MULTI_LABEL, rows(expected));
        ObjectNode json = MetricsJson.of(metrics);
        for (String figure : List.of("accuracy", "micro_f1", "macro_f1", "weighted_f1")) {
            assertThat(json.get(figure).asDouble())
                    .as(figure)
                    .isCloseTo(expected.get(figure).asDouble(), EXACT);
        }
        List<String> labels = strings(expected.get("labels"));
        for (int i = 0; i < labels.size(); i++) {
            assertLabel(
                    json.get("per_label").get(labels.get(i)),
                    expected.get("per_label").get(labels.get(i)));
            assertThat(numbers(json.get("confusion").get(labels.get(i))))
                    .as("confusion of %s", labels.get(i))
                    .isEqualTo(numbers(expected.get("confusion").get(i)));
        }
    }

    private static void assertLabel(JsonNode actual, JsonNode expected) {
        for (String figure : List.of("precision", "recall", "f1", "support")) {
            assertThat(actual.get(figure).asDouble())
                    .as(figure)
                    .isCloseTo(expected.get(figure).asDouble(), EXACT);
        }
    }

    static Stream<JsonNode> oracleCases() throws IOException {
        try (InputStream file = MetricsTest.class.getResourceAsStream("metrics.json")) {
            List<JsonNode> cases = new ArrayList<>();
            new ObjectMapper().readTree(file).get("cases").forEach(cases::add);
            return cases.stream();
        }
    }

    private static List<Judged> rows(JsonNode oracle) {
        List<Judged> rows = new ArrayList<>();
        Iterator<JsonNode> predicted = oracle.get("predicted").iterator();
        for (JsonNode truth : oracle.get("truth")) {
            rows.add(new Judged(strings(oracle.get("labels")), strings(truth), strings(predicted.next())));
        }
        return rows;
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.asText()));
        return strings;
    }

    /** The numbers in an array, an array of arrays or an object, in order. */
    private static List<Integer> numbers(JsonNode node) {
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode element : node) {
            if (element instanceof ArrayNode) {
                numbers.addAll(numbers(element));
            } else {
                numbers.add(element.asInt());
            }
        }
        return numbers;
    }

    private static Judged row(List<String> labels, String truth, String predicted) {
        return new Judged(labels, List.of(truth), List.of(predicted));
    }
}
