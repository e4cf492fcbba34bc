package dev.taxon.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.Mode;
import dev.taxon.training.evaluation.PairedBootstrap.Pair;
import dev.taxon.training.statistics.Estimate;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
    private static final List<String> LABELS = List.of("a", "b");
    private static final PairedBootstrap BOOTSTRAP = new PairedBootstrap(2000, 1);

    @Test
    void theDifferenceIsThatOfTheMeanMacroF1() {
        List<Judged> good = rows(200, i -> i % 10 != 0);
        List<Judged> poor = rows(200, i -> i % 3 != 0);
        List<Judged> same = rows(50, i -> i % 5 != 0);
        Estimate interval = BOOTSTRAP.compare(List.of(new Pair(good, poor), new Pair(same, same)));
        assertThat(interval.value()).isCloseTo((macroF1(good) - macroF1(poor)) / 2, Offset.offset(1e-12));
        assertThat(interval.low()).isGreaterThan(0).isLessThan(interval.value());
        assertThat(interval.high()).isGreaterThan(interval.value());
    }

    @Test
    void theIntervalIsAsWideAsTheoryHasIt() {
        // With one predictor always right and the other right at p, macro F1 is near accuracy for two even labels.
        int rows = 1000;
        Estimate interval =
                BOOTSTRAP.compare(List.of(new Pair(rows(rows, i -> true), rows(rows, i -> i % 10 < 7 || i % 10 > 9))));
        double deviation = Math.sqrt(0.7 * 0.3 / rows);
        assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 * deviation, Offset.offset(deviation / 3));
    }

    @Test
    void predictorsThatAgreeDifferByNothing() {
        List<Judged> rows = rows(40, i -> i % 4 != 0);
        assertThat(BOOTSTRAP.compare(List.of(new Pair(rows, rows)))).isEqualTo(new Estimate(0, 0, 0));
    }

    @Test
    void predictorsOfEqualQualityGiveAnIntervalAroundNothing() {
        Estimate interval = BOOTSTRAP.compare(List.of(new Pair(
                rows(200, i -> (i / 2) % 5 != 0), rows(200, i -> (i / 2) % 5 != 1))));
        assertThat(interval.low()).isLessThan(0);
        assertThat(interval.high()).isGreaterThan(0);
    }

    @Test
    void theSeedDecides() {
        Pair pair = new Pair(rows(60, i -> i % 4 != 0), rows(60, i -> i % 3 != 0));
        assertThat(new PairedBootstrap(200, 5).compare(List.of(pair)))
                .isEqualTo(new PairedBootstrap(200, 5).compare(List.of(pair)))
                .isNotEqualTo(new PairedBootstrap(200, 6).compare(List.of(pair)));
    }

    @Test
    void rowsThatAreNotTheSameAreRefused() {
        List<Judged> rows = rows(4, i -> true);
        assertThatThrownBy(() -> new Pair(rows, rows(3, i -> true))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pair(List.of(), List.of())).isInstanceOf(IllegalArgumentException.class);
        Judged other = new Judged(LABELS, List.of("b"), List.of("b"));
        assertThatThrownBy(() -> new Pair(List.of(rows.get(0)), List.of(other)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BOOTSTRAP.compare(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PairedBootstrap(99, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double macroF1(List<Judged> rows) {
        return Objects.requireNonNull(Metrics.of(Mode.SINGLE_LABEL, rows).macroF1());
    }

    private static List<Judged> rows(int count, IntPredicate right) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String truth = LABELS.get(i % 2);
                    String answer = right.test(i) ? truth : LABELS.get((i + 1) % 2);
                    return new Judged(LABELS, List.of(truth), List.of(answer));
                })
                .toList();
    }
}
