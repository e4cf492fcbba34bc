package dev.taxon.training.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.training.policy.PolicySettings.Limit;
import dev.taxon.training.run.TrainingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DivergenceGuardTest {
    private static final Limit LIMIT = new Limit(0.5, 3);

    @Test
    void averagesAsItGoes() {
        DivergenceGuard guard = DivergenceGuard.of(LIMIT).after(1, 1).after(2, 0);
        assertThat(guard.average()).isCloseTo(0.2 * 0.8, within(1e-12));
        assertThat(guard.above()).isZero();
    }

    @Test
    void stopsWhenTheAverageStaysAboveAndSaysWhatToTry() {
        // A divergence of 1 brings the average to 1 - 0.8^n, which is above a half from the 4th step on.
        DivergenceGuard guard = DivergenceGuard.of(LIMIT);
        for (int step = 1; step <= 5; step++) {
            guard = guard.after(step, 1);
        }
        assertThat(guard.above()).isEqualTo(2);
        DivergenceGuard last = guard;
        assertThatThrownBy(() -> last.after(6, 1))
                .isInstanceOf(TrainingException.class)
                .hasMessageContainingAll(
                        "Stopped at step 6", "0.738 nats", "limit of 0.500 for 3 steps", "try lower learning rates");
    }

    @Test
    void aReturnBelowTheLimitStartsTheCountAnew() {
        DivergenceGuard guard = new DivergenceGuard(LIMIT, 0.6, 2).after(9, 0);
        assertThat(guard.above()).isZero();
        assertThat(guard.after(10, 2).above()).isEqualTo(1);
    }

    @Test
    void oneOutlierDoesNotStopARun() {
        DivergenceGuard guard = DivergenceGuard.of(LIMIT).after(1, 2.4);
        assertThat(guard.after(2, 0).after(3, 0).above()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNotFiniteStopsAtOnce(double divergence) {
        assertThatThrownBy(() -> DivergenceGuard.of(LIMIT).after(4, divergence))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("Step 4");
    }
}
