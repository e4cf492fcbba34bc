package dev.taxon.training.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AdvantagesTest {
    private static final Offset<Double> EXACT = within(1e-12);

    @Test
    void anAdvantageIsRewardMinusValue() {
        assertThat(Advantages.over(new double[] {0.25, 0.5}, new double[] {1, 0}))
                .containsExactly(0.75, -0.5);
    }

    @Test
    void withoutValuesItIsRewardMinusTheMean() {
        assertThat(Advantages.overMean(new double[] {1, 0, 0.5})).containsExactly(0.5, -0.5, 0);
        assertThat(Advantages.overMean(new double[] {1})).containsExactly(0);
    }

    @Test
    void normalisedTheyHaveMeanZeroAndVarianceOne() {
        // Around a mean of 3, squares of 4, 0 and 4.
        double spread = Math.sqrt(8 / 3.0);
        assertThat(Advantages.normalized(new double[] {1, 3, 5}))
                .containsExactly(new double[] {-2 / spread, 0, 2 / spread}, EXACT);
    }

    @Test
    void withoutSpreadTheyAreZeroAndNotRoundingBlownUp() {
        assertThat(Advantages.normalized(new double[] {0.3, 0.3, 0.3})).containsOnly(0);
        assertThat(Advantages.normalized(new double[] {0.1 + 0.2, 0.3, 0.3})).containsOnly(0);
        assertThat(Advantages.normalized(new double[] {7})).containsOnly(0);
    }

    @Test
    void rewardsAreEqualUpToRounding() {
        assertThat(Advantages.equal(new double[] {0.1 + 0.2, 0.3, 0.3})).isTrue();
        assertThat(Advantages.equal(new double[] {7})).isTrue();
        assertThat(Advantages.equal(new double[] {1, 1, 0.99})).isFalse();
    }

    @Test
    void aValueForEveryReward() {
        assertThatThrownBy(() -> Advantages.over(new double[] {}, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 rewards and 0 values");
    }
}
