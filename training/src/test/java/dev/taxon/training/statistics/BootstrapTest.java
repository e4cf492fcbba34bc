package dev.taxon.training.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-12);

    private static Resamples meansOf(double[] values, long seed) {
        return new Bootstrap(2000, seed)
                .run(
                        values.length,
                        1,
                        (rows, figures) -> figures[0] = Arrays.stream(rows)
                                .mapToDouble(row -> values[row])
                                .average()
                                .orElseThrow());
    }

    private static double[] sevenOfTen(int rows) {
        double[] values = new double[rows];
        Arrays.setAll(values, row -> row % 10 < 7 ? 1 : 0);
        return values;
    }

    @Test
    void theIntervalOfAMeanIsAsWideAsTheoryHasIt() {
        double deviation = Math.sqrt(0.7 * 0.3 / 1000);
        Estimate estimate = meansOf(sevenOfTen(1000), 1).percentile(0, 0.7);
        assertThat(estimate.value()).isEqualTo(0.7);
        assertThat(estimate.low()).isCloseTo(0.7 - 1.96 * deviation, Offset.offset(deviation / 4));
        assertThat(estimate.high()).isCloseTo(0.7 + 1.96 * deviation, Offset.offset(deviation / 4));
    }

    @Test
    void theBasicIntervalIsThePercentileOneMirrored() {
        Resamples resamples = meansOf(sevenOfTen(50), 3);
        Estimate percentile = resamples.percentile(0, 0.7);
        Estimate basic = resamples.basic(0, 0.7);
        assertThat(basic.low()).isCloseTo(1.4 - percentile.high(), EXACT);
        assertThat(basic.high()).isCloseTo(1.4 - percentile.low(), EXACT);
    }

    @Test
    void sharesAboveNothingCountTiesHalf() {
        Resamples resamples = new Resamples(new double[][] {{1, -1, 0, 2, 0, -3, 0, 0}});
        assertThat(resamples.shareAboveZero(0)).isCloseTo((2 + 0.5 * 4) / 8, EXACT);
    }

    @Test
    void quantilesLieBetweenNeighbours() {
        double[] sorted = {0, 10, 20, 30};
        assertThat(Resamples.quantile(sorted, 0)).isEqualTo(0);
        assertThat(Resamples.quantile(sorted, 0.5)).isCloseTo(15, EXACT);
        assertThat(Resamples.quantile(sorted, 0.1)).isCloseTo(3, EXACT);
        assertThat(Resamples.quantile(sorted, 1)).isEqualTo(30);
    }

    @Test
    void oneRowHasNoSpread() {
        assertThat(meansOf(new double[] {0.4}, 1).percentile(0, 0.4)).isEqualTo(new Estimate(0.4, 0.4, 0.4));
    }

    @Test
    void theSeedDecides() {
        double[] values = sevenOfTen(37);
        assertThat(meansOf(values, 5).percentile(0, 0.7))
                .isEqualTo(meansOf(values, 5).percentile(0, 0.7));
        Estimate one = new Bootstrap(100, 5)
                .run(37, 1, (rows, figures) -> figures[0] = rows[0] + 37.0 * rows[1])
                .percentile(0, 0);
        Estimate other = new Bootstrap(100, 6)
                .run(37, 1, (rows, figures) -> figures[0] = rows[0] + 37.0 * rows[1])
                .percentile(0, 0);
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void tooFewRowsOrResamplesAreRefused() {
        assertThatThrownBy(() -> new Bootstrap(99, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Bootstrap(100, 1).run(0, 1, (rows, figures) -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
