package dev.taxon.training.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RewardSpreadTest {

    @Test
    void anEpochOfEqualRewardsIsWarnedOfByName() {
        RewardSpread spread = RewardSpread.none().with(2, 0.5, 0.5).with(1, 0.5, 0.5);
        assertThat(spread.warning(2)).hasValueSatisfying(warning -> {
            assertThat(warning.name()).isEqualTo("constant_rewards");
            assertThat(warning.message()).contains("All 3 answers of epoch 2", "0.5", "nothing to learn");
        });
    }

    @Test
    void batchesOfEqualRewardsTeachNothingThoughTheyDiffer() {
        // As where each long text is a batch of its own.
        RewardSpread spread = RewardSpread.none().with(1, 0.5, 0.5).with(1, 0.75, 0.75);
        assertThat(spread.warning(1)).hasValueSatisfying(warning -> {
            assertThat(warning.name()).isEqualTo("constant_rewards");
            assertThat(warning.message()).contains("each batch of epoch 1", "larger batches");
        });
    }

    @Test
    void oneOtherRewardInABatchIsEnough() {
        RewardSpread spread = RewardSpread.none().with(2, 0.5, 0.5).with(2, 0.5, 0.75);
        assertThat(spread).isEqualTo(new RewardSpread(4, 0.5, 0.75, true));
        assertThat(spread.warning(1)).isEmpty();
    }

    @Test
    void anEpochWithoutAnswersSaysNothing() {
        assertThat(RewardSpread.none().warning(1)).isEmpty();
    }
}
