package dev.taxon.training.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.training.policy.PolicySettings.Baseline;
import dev.taxon.training.policy.PolicySettings.Limit;
import dev.taxon.training.policy.PolicySettings.Rates;
import dev.taxon.training.policy.PolicySettings.Terms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicySettingsTest {

    @Test
    void defaults() {
        assertThat(PolicySettings.defaults())
                .isEqualTo(new PolicySettings(
                        16,
                        2,
                        0.2,
                        new Terms(0.01, 0.05),
                        new Rates(5e-4, 5e-4, 1e-3),
                        new Baseline(true, true),
                        new Limit(0.5, 5)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 101})
    void innerIterationsAreOneOrMore(int iterations) {
        assertThatThrownBy(() -> settings(8, iterations, 0.2, true)).hasMessageContaining("inner iterations");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0, 1, Double.NaN})
    void theClipLiesBetweenNothingAndAll(double clip) {
        assertThatThrownBy(() -> settings(8, 2, clip, true)).hasMessageContaining("the clip lies between 0 and 1");
    }

    @Test
    void aBatchOfOneRowHasNothingToCompareWith() {
        assertThat(settings(2, 2, 0.2, false).batchRows()).isEqualTo(2);
        assertThatThrownBy(() -> settings(1, 2, 0.2, false)).hasMessageContaining("no other answer to compare");
        assertThatThrownBy(() -> settings(1, 2, 0.2, true)).hasMessageContaining("no other answer to compare");
        Baseline values = new Baseline(true, false);
        assertThat(new PolicySettings(1, 2, 0.2, Terms.defaults(), Rates.ofAdapters(), values, Limit.defaults())
                        .batchRows())
                .isEqualTo(1);
        assertThatThrownBy(() -> settings(0, 2, 0.2, true)).hasMessageContaining("batch_rows: a batch has 1 to 512");
        assertThatThrownBy(() -> settings(513, 2, 0.2, true)).hasMessageContaining("batch_rows: a batch has 1 to 512");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void ratesAreFiniteAndNotNegative(double rate) {
        assertThatThrownBy(() -> new Rates(rate, 0, 0)).hasMessageContaining("encoder's rate");
        assertThatThrownBy(() -> new Rates(0, rate, 0)).hasMessageContaining("heads' rate");
        assertThatThrownBy(() -> new Rates(0, 0, rate)).hasMessageContaining("value head's rate");
    }

    @Test
    void theLimitIsAboveZero() {
        assertThatThrownBy(() -> new Limit(0, 1)).hasMessageContaining("divergence to stop at");
        assertThatThrownBy(() -> new Limit(Double.NaN, 1)).hasMessageContaining("divergence to stop at");
        assertThatThrownBy(() -> new Limit(1, 0)).hasMessageContaining("patience");
    }

    private static PolicySettings settings(int rows, int iterations, double clip, boolean valueHead) {
        return new PolicySettings(
                rows,
                iterations,
                clip,
                Terms.defaults(),
                Rates.ofAdapters(),
                new Baseline(valueHead, true),
                Limit.defaults());
    }
}
