package dev.taxon.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.core.Mode;
import dev.taxon.training.Oracles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemperatureTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-9);

    static Stream<JsonNode> oracleCases() {
        return Oracles.cases(TemperatureTest.class, "calibration.json");
    }

    @ParameterizedTest
    @MethodSource("oracleCases")
    void agreesWithSciPy(JsonNode expected) {
        Temperature temperature = Temperature.fit(Rows.of(expected));
        assertThat(temperature.reason()).isEmpty();
        assertThat(temperature.value())
                .isCloseTo(expected.get("temperature").asDouble(), Percentage.withPercentage(1e-4));
    }

    @Test
    void softmaxByHand() {
        // The first of two labels is 4 ahead and right 8 times of 10: its share must be 0.8 = 1 / (1 + exp(-4 / T)).
        Temperature temperature = Temperature.fit(Rows.ahead(50, 4, row -> row % 5 != 0));
        assertThat(temperature.value()).isCloseTo(4 / Math.log(0.8 / 0.2), EXACT);
    }

    @Test
    void sigmoidByHand() {
        // A logit of 1 that is right 7 times of 10: 0.7 = 1 / (1 + exp(-1 / T)).
        Temperature temperature = Temperature.fit(Rows.alike(100, 1, row -> row % 10 < 7));
        assertThat(temperature.value()).isCloseTo(1 / Math.log(0.7 / 0.3), EXACT);
    }

    @Test
    void findsTheTemperatureThatTheTruthWasDrawnAt() {
        assertThat(Temperature.fit(Rows.drawn(Mode.SINGLE_LABEL, 4000, 5, 2.5, 1))
                        .value())
                .isCloseTo(2.5, Offset.offset(0.2));
        assertThat(Temperature.fit(Rows.drawn(Mode.MULTI_LABEL, 4000, 3, 0.4, 2))
                        .value())
                .isCloseTo(0.4, Offset.offset(0.04));
    }

    @Test
    void whereEveryAnswerIsRightNothingSaysHowSureIsTooSure() {
        assertUnfitted(Rows.ahead(40, 3, row -> true), "without a mistake");
        assertUnfitted(Rows.ofOneLabel(spread(40), row -> row >= 20), "without a mistake");
    }

    @Test
    void scoresThatKnowNothingAreLeftAsTheyAre() {
        assertUnfitted(Rows.ahead(40, 0, row -> row % 2 == 0), "no better than chance");
        assertUnfitted(Rows.ahead(40, 3, row -> row % 4 == 0), "no better than chance");
        assertUnfitted(Rows.alike(40, 0, row -> row % 3 == 0), "no better than chance");
    }

    @Test
    void fewRowsTellNothing() {
        assertUnfitted(Rows.ahead(9, 2, row -> row != 0), "fewer than 10 rows");
        assertUnfitted(Rows.ahead(1, 2, row -> true), "fewer than 10 rows");
        assertThat(Temperature.fit(Rows.ahead(10, 2, row -> row != 0)).reason()).isEmpty();
    }

    @Test
    void oneLabelAloneTellsNothingOfShares() {
        List<ScoredRow> rows = new ArrayList<>();
        for (int row = 0; row < 20; row++) {
            rows.add(new ScoredRow(List.of("a"), new float[] {row}, new boolean[] {true}));
        }
        assertUnfitted(ScoredRows.of(Mode.SINGLE_LABEL, rows), "no better than chance");
    }

    @Test
    void rowsWithoutExactlyOneTrueLabelAreLeftOut() {
        List<ScoredRow> rows =
                new ArrayList<>(Rows.ahead(50, 4, row -> row % 5 != 0).rows());
        double before = Temperature.fit(ScoredRows.of(Mode.SINGLE_LABEL, rows)).value();
        rows.add(new ScoredRow(List.of("a", "b"), new float[] {9, 1}, new boolean[] {false, false}));
        rows.add(new ScoredRow(List.of("a", "b"), new float[] {9, 1}, new boolean[] {true, true}));
        assertThat(Temperature.fit(ScoredRows.of(Mode.SINGLE_LABEL, rows)).value())
                .isEqualTo(before);
    }

    @Test
    void largeLogitsDoNotOverflow() {
        assertThat(Temperature.fit(Rows.ahead(50, 100, row -> row % 5 != 0)).value())
                .isCloseTo(100 / Math.log(4), EXACT);
        // Its temperature would be above the highest.
        assertUnfitted(Rows.ahead(50, 1e6f, row -> row % 5 != 0), "no better than chance");
    }

    @Property
    void neverChangesWhichLabelIsBest(
            @ForAll @Size(min = 2, max = 8) List<@FloatRange(min = -30, max = 30) Float> logits,
            @ForAll @DoubleRange(min = 0.01, max = 100) double temperature) {
        float[] numbers = new float[logits.size()];
        for (int label = 0; label < numbers.length; label++) {
            numbers[label] = logits.get(label);
        }
        List<String> names = logits.stream().map(String::valueOf).toList();
        ScoredRow row = new ScoredRow(names, numbers, new boolean[numbers.length]);
        double[] shares = row.scores(Mode.SINGLE_LABEL, temperature);
        double[] sigmoids = row.scores(Mode.MULTI_LABEL, temperature);
        for (int label = 0; label < numbers.length; label++) {
            assertThat(shares[row.best()]).isGreaterThanOrEqualTo(shares[label]);
            assertThat(sigmoids[row.best()]).isGreaterThanOrEqualTo(sigmoids[label]);
        }
    }

    @Test
    void aTemperatureIsAboveNothing() {
        assertThatThrownBy(() -> new Temperature(0, Optional.empty())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Temperature(Double.NaN, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void logitsThatAreNotFiniteAreRefused() {
        for (float logit : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatThrownBy(() ->
                            new ScoredRow(List.of("SECRET", "b"), new float[] {0, logit}, new boolean[] {true, false}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not finite")
                    .hasMessageNotContaining("SECRET");
        }
    }

    private static List<Float> spread(int count) {
        List<Float> logits = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            logits.add(row - count / 2 + 0.5f);
        }
        return logits;
    }

    private static void assertUnfitted(ScoredRows rows, String reason) {
        Temperature temperature = Temperature.fit(rows);
        assertThat(temperature.value()).isEqualTo(1);
        assertThat(temperature.reason())
                .hasValueSatisfying(text -> assertThat(text).contains(reason));
    }
}
