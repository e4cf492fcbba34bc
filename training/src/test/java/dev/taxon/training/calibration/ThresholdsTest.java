package dev.taxon.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.core.Mode;
import dev.taxon.training.Oracles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ThresholdsTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-12);

    static Stream<JsonNode> oracleCases() {
        return Oracles.cases(ThresholdsTest.class, "calibration.json").filter(oracle -> oracle.has("best_f1"));
    }

    @ParameterizedTest
    @MethodSource("oracleCases")
    void reachTheF1ThatScikitLearnFindsTheHighest(JsonNode expected) {
        ScoredRows rows = Rows.of(expected);
        double temperature = expected.get("temperature").asDouble();
        Thresholds thresholds = Thresholds.fit(rows, temperature);
        List<String> labels = rows.rows().get(0).labels();
        double shared = thresholds.shared().orElseThrow();
        assertThat(f1(rows, temperature, labels, shared))
                .isCloseTo(expected.get("best_micro_f1").asDouble(), EXACT);
        for (int label = 0; label < labels.size(); label++) {
            Double own = thresholds.perLabel().get(labels.get(label));
            if (own != null) {
                assertThat(f1(rows, temperature, List.of(labels.get(label)), own))
                        .isCloseTo(expected.at("/best_f1/" + label).asDouble(), EXACT);
            }
        }
    }

    @Test
    void theBestLiesInTheMiddleBetweenTwoScores() {
        // Predicting from 0.3 on: 3 hits and 1 false alarm, F1 6 / 7; from 0.9 or 0.7 on fewer hits; from 0.1 on more
        // alarms.
        double threshold = BestThreshold.of(DoubleStream.of(0.9, 0.7, 0.3), DoubleStream.of(0.6, 0.1));
        assertThat(threshold).isCloseTo((0.1 + 0.3) / 2, EXACT);
    }

    @Test
    void ofEqualOnesTheUsualIsTaken() {
        assertThat(BestThreshold.of(DoubleStream.of(0.9, 0.8), DoubleStream.of(0.2, 0.1)))
                .isEqualTo(0.5);
        assertThat(BestThreshold.of(DoubleStream.of(0.9), DoubleStream.empty())).isEqualTo(0.5);
        assertThat(BestThreshold.of(DoubleStream.of(0.7, 0.7), DoubleStream.of(0.7, 0.7)))
                .isEqualTo(0.5);
    }

    @Test
    void betweenNeighbouringNumbersTheScoreItselfIsTaken() {
        double score = 0.7;
        assertThat(BestThreshold.of(DoubleStream.of(score), DoubleStream.of(Math.nextDown(score))))
                .isEqualTo(score);
    }

    @Property
    void noScoreIsABetterThreshold(
            @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = 0, max = 1) Double> right,
            @ForAll @Size(max = 12) List<@DoubleRange(min = 0, max = 1) Double> wrong) {
        double best = BestThreshold.of(
                right.stream().mapToDouble(d -> d), wrong.stream().mapToDouble(d -> d));
        assertThat(best).isBetween(0.0, 1.0);
        Stream.concat(right.stream(), wrong.stream())
                .forEach(score -> assertThat(f1(right, wrong, best)).isGreaterThanOrEqualTo(f1(right, wrong, score)));
    }

    @Test
    void aLabelNeedsTwentyTrueRowsForOneOfItsOwn() {
        assertThat(Thresholds.fit(trueIn(20, 19), 1).perLabel()).containsOnlyKeys("a");
        Thresholds fitted = Thresholds.fit(trueIn(20, 19), 1);
        assertThat(fitted.of("b")).isEqualTo(fitted.shared().orElseThrow());
        assertThat(fitted.of("a")).isEqualTo(fitted.perLabel().get("a"));
    }

    @Test
    void withoutTrueLabelsThereIsNone() {
        Thresholds none = Thresholds.fit(trueIn(4, 5), 1);
        assertThat(none.shared()).isEmpty();
        assertThat(none.perLabel()).isEmpty();
        assertThat(none.reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("fewer than 10"));
        assertThat(none.of("a")).isEqualTo(0.5);
        assertThat(Thresholds.fit(Rows.alike(30, 1, row -> false), 1).shared()).isEmpty();
    }

    @Test
    void singleLabelNeedsNone() {
        assertThat(Thresholds.fit(Rows.ahead(50, 1, row -> true), 1)).isEqualTo(Thresholds.NONE);
    }

    /** Sixty rows of two labels, each true in so many of them, with scores that tell. */
    private static ScoredRows trueIn(int first, int second) {
        List<ScoredRow> rows = new ArrayList<>();
        for (int row = 0; row < 60; row++) {
            boolean[] targets = {row < first, row < second};
            rows.add(new ScoredRow(List.of("a", "b"), new float[] {targets[0] ? 1 : -1, targets[1] ? 2 : -3}, targets));
        }
        return ScoredRows.of(Mode.MULTI_LABEL, rows);
    }

    private static double f1(ScoredRows rows, double temperature, List<String> labels, double threshold) {
        List<Double> right = new ArrayList<>();
        List<Double> wrong = new ArrayList<>();
        for (ScoredRow row : rows.rows()) {
            double[] scores = row.scores(Mode.MULTI_LABEL, temperature);
            IntStream.range(0, scores.length)
                    .filter(label -> labels.contains(row.labels().get(label)))
                    .forEach(label -> (row.target(label) ? right : wrong).add(scores[label]));
        }
        return f1(right, wrong, threshold);
    }

    private static double f1(List<Double> right, List<Double> wrong, double threshold) {
        long hits = right.stream().filter(score -> score >= threshold).count();
        long alarms = wrong.stream().filter(score -> score >= threshold).count();
        return 2.0 * hits / (right.size() + hits + alarms);
    }
}
