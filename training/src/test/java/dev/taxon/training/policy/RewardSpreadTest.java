package dev.taxon.training.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RewardSpreadTest {

    @Test
    void anEpochOfEqualRewardsIsWarnedOfByName() {
        RewardSpread spread = RewardSpread.none().with(new double[] {0.5, 0.5}).with(new double[] {0.5});
        assertThat(spread.warning(2)).hasValueSatisfying(warning -> {
            assertThat(warning.name()).isEqualTo("constant_rewards");
            assertThat(warning.message()).contains("All 3 answers of epoch 2", "0.5", "nothing to learn");
        });
    }

    @Test
    void oneOtherRewardIsEnough() {
        RewardSpread spread = RewardSpread.none().with(new double[] {0.5, 0.5}).with(new double[] {0.75});
        assertThat(spread).isEqualTo(new RewardSpread(3, 0.5, 0.75));
        assertThat(spread.warning(1)).isEmpty();
    }

    @Test
    void anEpochWithoutAnswersSaysNothing() {
        assertThat(RewardSpread.none().with(new double[] {}).warning(1)).isEmpty();
    }
}
