package dev.taxon.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.Mode;
import dev.taxon.training.evaluation.PairedBootstrap.Pair;
import dev.taxon.training.statistics.Bootstrap;
import dev.taxon.training.statistics.Estimate;
import dev.taxon.training.statistics.McNemar;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-12);
    private static final List<String> LABELS = List.of("a", "b");
    private static final Bootstrap BOOTSTRAP = new Bootstrap(2000, 1);

    @Test
    void everyDifferenceIsThatOfTheMetrics() {
        Comparison comparison = compare(rows(100, row -> row % 3 != 0), rows(100, row -> row % 7 != 0));
        Metrics first = comparison.first();
        Metrics second = comparison.second();
        assertThat(comparison.accuracy().estimate().value()).isCloseTo(second.accuracy() - first.accuracy(), EXACT);
        assertThat(comparison.microF1().estimate().value()).isCloseTo(second.microF1() - first.microF1(), EXACT);
        assertThat(macro(comparison).estimate().value())
                .isCloseTo(Objects.requireNonNull(second.macroF1()) - Objects.requireNonNull(first.macroF1()), EXACT);
        assertThat(comparison.weightedF1().estimate().value())
                .isCloseTo(second.weightedF1() - first.weightedF1(), EXACT);
        assertThat(comparison.f1ByLabel().get("b"))
                .isCloseTo(
                        Objects.requireNonNull(second.perLabel().get("b")).f1()
                                - Objects.requireNonNull(first.perLabel().get("b"))
                                        .f1(),
                        EXACT);
    }

    @Test
    void countsTheRowsThatTellTheTwoApart() {
        // 0 is right for both, 1 for the first, 2 and 3 for the second, 4 for neither.
        Comparison comparison = compare(rows(5, row -> row < 2), rows(5, row -> row == 0 || row == 2 || row == 3));
        assertThat(comparison.test()).isEqualTo(McNemar.of(1, 2));
        assertThat(comparison.differing()).isEqualTo(3);
    }

    @Test
    void agreesWithTheIntervalThatBaselinesPrint() {
        List<Judged> poor = rows(400, row -> row % 3 != 0);
        List<Judged> good = rows(400, row -> row % 10 != 0);
        Estimate interval = new PairedBootstrap(2000, 9).compare(List.of(new Pair(good, poor)));
        Difference macro = macro(compare(poor, good));
        assertThat(macro.estimate().value()).isCloseTo(interval.value(), EXACT);
        assertThat(macro.estimate().low()).isCloseTo(interval.low(), Offset.offset(0.01));
        assertThat(macro.estimate().high()).isCloseTo(interval.high(), Offset.offset(0.01));
        assertThat(macro.probability()).isGreaterThan(0.99);
    }

    @Test
    void theSidesAreAlike() {
        List<Judged> one = rows(60, row -> row % 3 != 0);
        List<Judged> other = rows(60, row -> row % 4 != 0);
        Comparison there = compare(one, other);
        Comparison back = compare(other, one);
        assertThat(macro(there).estimate().low())
                .isCloseTo(-macro(back).estimate().high(), EXACT);
        assertThat(macro(there).probability()).isCloseTo(1 - macro(back).probability(), EXACT);
        assertThat(there.test().pValue()).isEqualTo(back.test().pValue());
    }

    @Test
    void theVerdictNamesTheBetterOne() {
        List<Judged> poor = rows(400, row -> row % 2 != 0);
        List<Judged> good = rows(400, row -> row % 10 != 0);
        assertThat(compare(poor, good).verdict())
                .matches(
                        "second is better: \\+\\d+\\.\\d points of macro F1 \\(95%: \\+\\d+\\.\\d to \\+\\d+\\.\\d\\)");
        assertThat(compare(good, poor).verdict())
                .matches("first is better: \\+\\d+\\.\\d points of macro F1 \\(95%: \\+\\d+\\.\\d to \\+\\d+\\.\\d\\)");
    }

    @Test
    void theVerdictSaysWhatTheDataCannotShow() {
        assertThat(compare(rows(40, row -> row % 4 != 0), rows(40, row -> row % 4 != 1))
                        .verdict())
                .startsWith("no difference that this data can show");
        List<Judged> same = rows(40, row -> row % 4 != 0);
        assertThat(compare(same, same).verdict())
                .isEqualTo("no difference that this data can show: +0.0 points of macro F1 (95%: +0.0 to +0.0)");
    }

    @Test
    void fewDifferingRowsShowNothingHoweverSureTheBootstrapIs() {
        Comparison one = compare(rows(1, row -> false), rows(1, row -> true));
        assertThat(one.accuracy().estimate().low()).isEqualTo(1);
        assertThat(one.verdict()).startsWith("no difference that this data can show");
        assertThat(compare(rows(5, row -> false), rows(5, row -> true)).verdict())
                .startsWith("no difference");
        assertThat(compare(rows(6, row -> false), rows(6, row -> true)).verdict())
                .startsWith("second is better: +100.0 points");
    }

    @Test
    void rowsThatOfferDifferentLabelsAreComparedByMicroF1() {
        List<Judged> first = new ArrayList<>(rows(30, row -> row % 2 == 0));
        List<Judged> second = new ArrayList<>(rows(30, row -> true));
        List<String> others = List.of("x", "y");
        first.add(new Judged(others, List.of("x"), List.of("y")));
        second.add(new Judged(others, List.of("x"), List.of("x")));
        Comparison comparison = compare(first, second);
        assertThat(comparison.macroF1()).isNull();
        assertThat(comparison.verdict()).startsWith("second is better").contains("points of micro F1");
        assertThat(comparison.f1ByLabel()).containsOnlyKeys("a", "b", "x", "y");
    }

    @Test
    void severalLabelsARowCountAsOneAnswer() {
        List<Judged> first = List.of(new Judged(LABELS, List.of("a", "b"), List.of("b", "a")));
        List<Judged> second = List.of(new Judged(LABELS, List.of("a", "b"), List.of("a")));
        Comparison comparison = Comparison.of(Mode.MULTI_LABEL, first, second, BOOTSTRAP);
        assertThat(comparison.test()).isEqualTo(McNemar.of(1, 0));
        assertThat(comparison.accuracy().estimate().value()).isEqualTo(-1);
        assertThat(comparison.microF1().estimate().value()).isCloseTo(2 / 3.0 - 1, EXACT);
    }

    @Test
    void intervalsHoldTheirMetrics() {
        List<Judged> rows = rows(200, row -> row % 5 != 0);
        Metrics metrics = Metrics.of(Mode.SINGLE_LABEL, rows);
        MetricsIntervals intervals = MetricsIntervals.of(metrics, rows, BOOTSTRAP);
        double deviation = Math.sqrt(0.8 * 0.2 / 200);
        assertThat(intervals.accuracy().value()).isEqualTo(metrics.accuracy());
        assertThat(intervals.accuracy().low()).isCloseTo(0.8 - 1.96 * deviation, Offset.offset(deviation / 2));
        assertThat(intervals.accuracy().high()).isCloseTo(0.8 + 1.96 * deviation, Offset.offset(deviation / 2));
        // With one answer a row, every error is wrong for one label and missed for another.
        assertThat(intervals.microF1()).isEqualTo(intervals.accuracy());
        assertThat(Objects.requireNonNull(intervals.macroF1()).value()).isEqualTo(metrics.macroF1());
        assertThat(intervals.weightedF1().value()).isEqualTo(metrics.weightedF1());
        assertThat(intervals.weightedF1().low()).isLessThan(metrics.weightedF1());
    }

    @Test
    void rowsThatAreNotTheSameAreRefused() {
        assertThatThrownBy(() -> compare(rows(3, row -> true), rows(4, row -> true)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> compare(List.of(), List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> compare(
                        List.of(new Judged(LABELS, List.of("a"), List.of())),
                        List.of(new Judged(LABELS, List.of("b"), List.of()))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Difference macro(Comparison comparison) {
        return Objects.requireNonNull(comparison.macroF1());
    }

    private static Comparison compare(List<Judged> first, List<Judged> second) {
        return Comparison.of(Mode.SINGLE_LABEL, first, second, BOOTSTRAP);
    }

    private static List<Judged> rows(int count, IntPredicate right) {
        return IntStream.range(0, count)
                .mapToObj(row -> {
                    String truth = LABELS.get(row / 2 % 2);
                    String other = LABELS.get((row / 2 + 1) % 2);
                    return new Judged(LABELS, List.of(truth), List.of(right.test(row) ? truth : other));
                })
                .toList();
    }
}
