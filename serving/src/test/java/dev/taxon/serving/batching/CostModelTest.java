package dev.taxon.serving.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CostModelTest {
    private final CostModel cost = CostModel.withDefaultGuess();

    @Test
    void learnsTheFixedPartAndThePartPerToken() {
        Random random = new Random(1);
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
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            observe(100 + random.nextInt(1_000), random);
        }
        for (int i = 0; i < 3_000; i++) {
            observe(500 + random.nextInt(50), random);
        }
        assertThat(cost.batch(525)).isCloseTo(12e6 + 525 * 1e5, within(6e6));
        assertThat(cost.fixed()).isBetween(2e6, 30e6);
    }

    private void observe(long positions, Random random) {
        cost.observe(positions, (long) ((12e6 + 1e5 * positions) * (1 + 0.2 * random.nextGaussian())));
    }

    @Test
    void doesNotTakeTheNoiseOfLikeBatchesForAFixedPart() {
        Random random = new Random(2);
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
    void followsADeviceThatBecameSlower() {
        for (int i = 0; i < 600; i++) {
            cost.observe(500, 10_000_000);
        }
        for (int i = 0; i < 600; i++) {
            cost.observe(500, 30_000_000);
        }
        assertThat(cost.batch(500)).isCloseTo(3e7, within(1e6));
    }
}
