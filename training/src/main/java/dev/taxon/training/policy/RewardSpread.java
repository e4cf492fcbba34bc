package dev.taxon.training.policy;

import java.util.Optional;

/**
 * How the rewards of an epoch's batches differ so far.
 *
 * @param answers how many rewards there were
 * @param compared whether in some batch one answer earned more than another, which is what a policy learns from
 */
public record RewardSpread(long answers, double lowest, double highest, boolean compared) {

    /** Before the first answer of an epoch. */
    public static RewardSpread none() {
        return new RewardSpread(0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, false);
    }

    /** With those of another batch, which are finite: how many there are, the lowest and the highest. */
    public RewardSpread with(int more, double least, double most) {
        return new RewardSpread(
                answers + more, Math.min(lowest, least), Math.max(highest, most), compared || least < most);
    }

    /** A warning where no batch of the epoch had anything to learn from. */
    public Optional<PolicyWarning> warning(int epoch) {
        if (answers == 0 || compared) {
            return Optional.empty();
        }
        String message = lowest < highest
                ? "In each batch of epoch " + epoch + " all answers earned the same, so that there is nothing to learn;"
                        + " larger batches (in rows and in tokens) have more answers to compare."
                : "All " + answers + " answers of epoch " + epoch + " earned the same reward, " + lowest
                        + ", so that there is nothing to learn; use rows that it does not answer alike, or a reward that tells better"
                        + " answers from worse.";
        return Optional.of(new PolicyWarning(PolicyWarning.CONSTANT_REWARDS, message));
    }
}
