package dev.taxon.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.core.Mode;
import dev.taxon.training.Oracles;
import dev.taxon.training.statistics.Bootstrap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CalibrationErrorTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(1000, 1);

    static Stream<JsonNode> oracleCases() {
        return Oracles.cases(CalibrationErrorTest.class, "calibration.json");
    }

    @ParameterizedTest
    @MethodSource("oracleCases")
    void agreesWithTheBinsOfScikitLearn(JsonNode expected) {
        ScoredRows rows = Rows.of(expected);
        assertThat(curve(rows, 1).expectedCalibrationError())
                .isCloseTo(expected.get("error").asDouble(), Offset.offset(1e-9));
        assertThat(curve(rows, expected.get("temperature").asDouble()).expectedCalibrationError())
                .isCloseTo(expected.get("error_at_temperature").asDouble(), Offset.offset(1e-9));
    }

    @Test
    void byHand() {
        // One bin: confidence 1 / (1 + exp(-2)) = 0.8808, right in half of the rows.
        CalibrationError error = judge(Rows.ahead(40, 2, row -> row % 2 == 0));
        double confidence = 1 / (1 + Math.exp(-2));
        assertThat(error.error().value()).isCloseTo(confidence - 0.5, Offset.offset(1e-12));
        ReliabilityBin bin = error.before().bins().get(13);
        assertThat(bin.count()).isEqualTo(40);
        assertThat(bin.lower()).isLessThan(confidence);
        assertThat(bin.upper()).isGreaterThan(confidence);
        assertThat(bin.right()).isEqualTo(0.5);
    }

    @Test
    void theEstimateLiesInItsInterval() {
        // Confidence 0.9 where 0.7 are right.
        ScoredRows rows = Rows.ahead(300, (float) Math.log(9), row -> row % 10 < 7);
        CalibrationError error = judge(rows);
        assertThat(error.error().value()).isCloseTo(0.2, Offset.offset(1e-6));
        assertThat(error.error().low()).isBetween(0.1, 0.2);
        assertThat(error.error().high()).isBetween(0.2, 0.3);
        assertThat(error.reduction().low()).isGreaterThan(0);
        assertThat(error.errorAfter().value()).isLessThan(0.05);
    }

    @Test
    void scoresThatAreHonestMayHaveNoErrorAtAll() {
        CalibrationError error = judge(Rows.drawn(Mode.SINGLE_LABEL, 600, 4, 1, 3));
        assertThat(error.error().low()).isZero();
    }

    @Test
    void fittingHelpsOnRowsItDidNotSee() {
        CalibrationError error = judge(Rows.drawn(Mode.MULTI_LABEL, 600, 3, 3, 4));
        assertThat(error.folds()).isEqualTo(5);
        assertThat(error.errorAfter().value()).isLessThan(error.error().value() / 2);
        assertThat(error.reduction().value())
                .isCloseTo(error.error().value() - error.errorAfter().value(), Offset.offset(1e-12));
    }

    @Test
    void noRowJudgesItsOwnCalibration() {
        ScoredRows rows = Rows.drawn(Mode.SINGLE_LABEL, 60, 3, 2, 5);
        CrossFit before = CrossFit.of(rows);
        for (int row = 0; row < 5; row++) {
            List<ScoredRow> turned = new ArrayList<>(rows.rows());
            turned.set(row, turned(turned.get(row)));
            CrossFit after = CrossFit.of(ScoredRows.of(Mode.SINGLE_LABEL, turned));
            assertThat(after.calibrations().get(row))
                    .isEqualTo(before.calibrations().get(row));
            assertThat(after.calibrations()).isNotEqualTo(before.calibrations());
        }
    }

    private static ScoredRow turned(ScoredRow row) {
        float[] logits = new float[row.size()];
        boolean[] targets = new boolean[row.size()];
        for (int label = 0; label < logits.length; label++) {
            logits[label] = (float) row.logit(label);
            targets[label] = row.target((label + 1) % logits.length);
        }
        return new ScoredRow(row.labels(), logits, targets);
    }

    @Test
    void theFoldsOfTheRowsAreTaken() {
        ScoredRows rows = Rows.drawn(Mode.SINGLE_LABEL, 90, 3, 2, 6);
        int[] folds = IntStream.range(0, 90).map(row -> 10 + row / 30).toArray();
        CrossFit fitted = CrossFit.of(rows.withFolds(folds));
        assertThat(fitted.folds()).isEqualTo(3);
        assertThat(fitted.calibrations().get(0)).isEqualTo(Calibration.fit(rows.select(row -> row >= 30)));
        assertThat(fitted.calibrations().subList(30, 60))
                .containsOnly(fitted.calibrations().get(45));
        assertThatThrownBy(() -> rows.withFolds(new int[3])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneRowCannotBeCrossFitted() {
        CalibrationError error = judge(Rows.ahead(1, 2, row -> true));
        assertThat(error.folds()).isZero();
        assertThat(error.errorAfter()).isEqualTo(error.error());
        assertThat(error.after()).isEqualTo(error.before());
        assertThat(error.reduction().value()).isZero();
    }

    @Test
    void withoutRowsThereIsNothingToJudge() {
        assertThatThrownBy(() -> ScoredRows.of(Mode.SINGLE_LABEL, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saturatedScoresFallIntoTheOuterBins() {
        ReliabilityCurve curve = curve(Rows.ofOneLabel(List.of(-1000f, 1000f), row -> row == 1), 1);
        assertThat(curve.bins().get(0).count()).isEqualTo(1);
        assertThat(curve.bins().get(14).count()).isEqualTo(1);
        assertThat(curve.expectedCalibrationError()).isZero();
    }

    @Property(tries = 60)
    void everyFigureIsAShare(
            @ForAll Mode mode,
            @ForAll @IntRange(min = 1, max = 40) int count,
            @ForAll @IntRange(min = 1, max = 5) int labels,
            @ForAll long seed) {
        CalibrationError error = CalibrationError.of(
                Rows.drawn(mode, count, labels, 2, seed),
                Calibration.none(mode),
                CrossFit.of(Rows.drawn(mode, count, labels, 2, seed)),
                new Bootstrap(100, seed));
        Stream.of(error.error(), error.errorAfter()).forEach(estimate -> {
            assertThat(estimate.value()).isBetween(0.0, 1.0);
            assertThat(estimate.low()).isBetween(0.0, 1.0);
            assertThat(estimate.high()).isBetween(estimate.low(), 1.0);
        });
        assertThat(error.before().count()).isEqualTo(mode == Mode.SINGLE_LABEL ? count : (long) count * labels);
    }

    private static CalibrationError judge(ScoredRows rows) {
        return CalibrationError.of(rows, Calibration.none(rows.mode()), CrossFit.of(rows), BOOTSTRAP);
    }

    private static ReliabilityCurve curve(ScoredRows rows, double temperature) {
        Calibration calibration =
                new Calibration(rows.mode(), new Temperature(temperature, Optional.empty()), Thresholds.NONE);
        return new BinnedRows(rows, Collections.nCopies(rows.size(), calibration)).curve();
    }
}
