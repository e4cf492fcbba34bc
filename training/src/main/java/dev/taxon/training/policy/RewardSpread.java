package dev.taxon.training.policy;

import java.util.Arrays;
import java.util.Optional;

/**
 * The lowest and the highest reward since an epoch began.
 *
 * @param answers how many rewards there were
 */
public record RewardSpread(long answers, double lowest, double highest) {

    /** Before the first answer of an epoch. */
    public static RewardSpread none() {
        return new RewardSpread(0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    /** With a batch's rewards, which are finite. */
    public RewardSpread with(double[] rewards) {
        return new RewardSpread(
                answers + rewards.length,
                Math.min(lowest, Arrays.stream(rewards).min().orElse(lowest)),
                Math.max(highest, Arrays.stream(rewards).max().orElse(highest)));
    }

    /** A warning where every answer of the epoch earned the same. */
    public Optional<PolicyWarning> warning(int epoch) {
        if (answers == 0 || lowest < highest) {
            return Optional.empty();
        }
        return Optional.of(new PolicyWarning(
                PolicyWarning.CONSTANT_REWARDS,
                "All " + answers + " answers of epoch " + epoch + " earned the same reward, " + lowest
                        + ", so that there is nothing to learn; use a reward that tells better answers from worse."));
    }
}
