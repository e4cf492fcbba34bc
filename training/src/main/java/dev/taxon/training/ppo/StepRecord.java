package dev.taxon.training.ppo;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.taxon.training.policy.PolicyStep;
import dev.taxon.training.policy.RewardSpread;
import dev.taxon.training.run.TrainingEvent;
import java.util.Arrays;

/**
 * What is kept of a step of learning from rewards, as {@link TrainingEvent.Rewarded} has it.
 *
 * @param answers how many were rewarded
 * @param lowest the lowest reward of them
 * @param highest the highest
 */
record StepRecord(
        int step,
        double reward,
        double advantage,
        double entropy,
        double divergence,
        @JsonProperty("clip_fraction") double clipFraction,
        @JsonProperty("value_loss") double valueLoss,
        int answers,
        double lowest,
        double highest) {

    static StepRecord of(PolicyStep step) {
        return new StepRecord(
                step.step(),
                step.reward(),
                step.advantage(),
                step.entropy(),
                step.divergence(),
                step.clipFraction(),
                step.valueLoss(),
                step.rewards().length,
                Arrays.stream(step.rewards()).min().orElse(0),
                Arrays.stream(step.rewards()).max().orElse(0));
    }

    TrainingEvent event() {
        return new TrainingEvent.Rewarded(step, reward, advantage, entropy, divergence, clipFraction, valueLoss);
    }

    RewardSpread added(RewardSpread spread) {
        return spread.with(answers, lowest, highest);
    }
}
