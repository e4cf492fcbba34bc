package dev.taxon.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AscendingScoresTest {
    /** Of a score: how many decisions are right, how many wrong. */
    private record Seen(double score, long right, long wrong) {}

    @Property(tries = 100)
    void eachScoreComesOnceAndInOrderHoweverFewFitInMemory(
            @ForAll double @Size(max = 60) [] numbers, @ForAll @IntRange(min = 1, max = 20) int most) {
        double[] scores = Arrays.stream(numbers).map(AscendingScoresTest::share).toArray();
        assertThat(seen(scores, most)).isEqualTo(expected(scores));
    }

    /** Numbers in [0, 1] of all sizes, many of which come again. */
    private static double share(double number) {
        double size = Math.abs(number % 16);
        return Double.isFinite(size) ? Math.pow(2, -Math.round(size)) * (size > 8 ? 1 : 0.9) : 0;
    }

    @Property(tries = 50)
    void neighbouringNumbersAreToldApart(
            @ForAll @DoubleRange(min = 0.1, max = 1, maxIncluded = false) double score,
            @ForAll @IntRange(min = 1, max = 3) int most) {
        double[] scores = {Math.nextUp(score), score, Math.nextDown(score), score, 1, 0};
        assertThat(seen(scores, most)).isEqualTo(expected(scores));
    }

    @Test
    void nothingIsNothing() {
        assertThat(seen(new double[0], 5)).isEmpty();
    }

    @Test
    void thresholdsAreTheSameHoweverFewScoresFitInMemory() {
        ScoredRows rows = Rows.drawn(Mode.MULTI_LABEL, 400, 5, 1.5, 3);
        Thresholds whole = Thresholds.fit(rows, 1.3);
        assertThat(whole.perLabel()).hasSize(5);
        for (int most : new int[] {1, 7, 401, 1999}) {
            assertThat(new ThresholdFit(rows, 1.3, most).thresholds()).isEqualTo(whole);
        }
    }

    private static boolean right(int place) {
        return place % 3 == 0;
    }

    private static List<Seen> seen(double[] scores, int most) {
        List<Seen> seen = new ArrayList<>();
        long right = IntStream.range(0, scores.length)
                .filter(AscendingScoresTest::right)
                .count();
        Decisions decisions =
                sink -> IntStream.range(0, scores.length).forEach(place -> sink.add(scores[place], right(place)));
        AscendingScores.visit(
                decisions,
                right,
                scores.length - right,
                most,
                (score, rights, wrongs) -> seen.add(new Seen(score, rights, wrongs)));
        return seen;
    }

    private static List<Seen> expected(double[] scores) {
        TreeMap<Double, Seen> byScore = new TreeMap<>();
        for (int place = 0; place < scores.length; place++) {
            Seen one = new Seen(scores[place], right(place) ? 1 : 0, right(place) ? 0 : 1);
            byScore.merge(
                    scores[place],
                    one,
                    (old, more) -> new Seen(old.score(), old.right() + more.right(), old.wrong() + more.wrong()));
        }
        return List.copyOf(byScore.values());
    }
}
