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
    void takesBatchesOfOneSizeAsProportional() {
        for (int i = 0; i < 600; i++) {
            cost.observe(500, 10_000_000);
        }
        assertThat(cost.batch(500)).isCloseTo(1e7, within(1e5));
        assertThat(cost.fixed()).isCloseTo(0, within(1e3));
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
