package dev.taxon.serving.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CostModelTest {
    private static final double FIXED = 12e6;
    private static final double POSITION = 1e5;

    private final Random random = new Random(3);
    private final CostModel cost = CostModel.withDefaultGuess();

    @Test
    void learnsTheFixedPartAndThePartPerToken() {
        for (int i = 0; i < 300; i++) {
            long tokens = 50 + random.nextInt(2_000);
            cost.observe(tokens, (long) ((5e6 + 2e4 * tokens) * (0.95 + 0.1 * random.nextDouble())));
        }
        assertThat(cost.fixed()).isCloseTo(5e6, within(2e6));
        assertThat(cost.row(1_000)).isCloseTo(2e7, within(2e6));
        assertThat(cost.batch(1_000)).isCloseTo(2.5e7, within(2e6));
    }

    @Test
    void keepsWhatItKnowsOfThePartsWhileAllBatchesAreOfOneSize() {
        learn(300, 100, 1_100);
        learn(100_000, 500, 501);
        learn(20, 400, 600);
        assertThat(cost.fixed()).isBetween(6e6, 24e6);
        assertThat(cost.batch(5_000)).isCloseTo(FIXED + 5_000 * POSITION, withinPercentage(30));
    }

    @Test
    void tinyBatchesSayNothingOfLargeOnes() {
        for (int i = 0; i < 400; i++) {
            cost.observe(4, noisy(5e6));
            cost.observe(5_000, noisy(5e6 + 5_000 * 1e3));
        }
        assertThat(cost.batch(5_000)).isCloseTo(10e6, withinPercentage(30));
        assertThat(cost.batch(4)).isCloseTo(5e6, withinPercentage(50));
    }

    @Test
    void oneHugeRowUnlearnsNothing() {
        learn(300, 100, 1_100);
        cost.observe(500_000, (long) (500_000 * POSITION));
        cost.observe(500, (long) (5 * (FIXED + 500 * POSITION)));
        assertThat(cost.fixed()).isBetween(6e6, 24e6);
    }

    @Test
    void takesNoTimeAtAllForLittle() {
        for (int i = 0; i < 2_000; i++) {
            cost.observe(500, 0);
        }
        assertThat(cost.batch(500)).isBetween(0d, 100d);
        learn(300, 100, 1_100);
        assertThat(cost.batch(500)).isCloseTo(FIXED + 500 * POSITION, withinPercentage(30));
    }

    private void learn(int batches, int least, int most) {
        for (int i = 0; i < batches; i++) {
            int positions = random.nextInt(least, most);
            cost.observe(positions, noisy(FIXED + POSITION * positions));
        }
    }

    private long noisy(double nanos) {
        return (long) (nanos * Math.max(0.3, 1 + 0.2 * random.nextGaussian()));
    }

    @Test
    void doesNotTakeTheNoiseOfLikeBatchesForAFixedPart() {
        for (int i = 0; i < 2_000; i++) {
            cost.observe(220 + random.nextInt(20), (long) (40e6 * (0.7 + 0.6 * random.nextDouble())));
            assertThat(cost.batch(2_300)).isGreaterThan(5 * cost.batch(230));
        }
    }

    @Test
    void learnsLittleFromOneHiccup() {
        for (int i = 0; i < 600; i++) {
            cost.observe(500, 10_000_000);
        }
        cost.observe(500, Duration.ofMinutes(5).toNanos());
        assertThat(cost.batch(500)).isLessThan(1.2e7);
    }

    @Test
    void followsADeviceThatBecameSlowerOrFaster() {
        learn(300, 100, 1_100);
        double before = cost.batch(500);
        for (int i = 0; i < 100; i++) {
            cost.observe(500, noisy(10 * (FIXED + POSITION * 500)));
        }
        assertThat(cost.batch(500)).isGreaterThan(8 * before);
        assertThat(cost.fixed()).isGreaterThan(40e6);
        for (int i = 0; i < 100; i++) {
            cost.observe(500, noisy(FIXED + POSITION * 500));
        }
        assertThat(cost.batch(500)).isLessThan(1.3 * before);
        assertThat(cost.fixed()).isBetween(6e6, 24e6);
    }
}
