package dev.taxon.training.policy;

import dev.taxon.training.run.TrainingException;
import java.util.Locale;

/**
 * Stops a run whose policy runs away from its reference: when the moving average of the divergence has been above the
 * limit for a number of steps on end. It is all the state there is, so that a checkpoint can keep it.
 *
 * @param average exponential moving average of the divergence, in nats per decision
 * @param above for how many steps on end it has been above the limit
 */
public record DivergenceGuard(PolicySettings.Limit limit, double average, int above) {
    /** What a new step weighs in the average; an outlier alone does not stop a run. */
    private static final double SHARE = 0.2;

    /** A guard that has seen nothing yet: a policy starts as its reference. */
    public static DivergenceGuard of(PolicySettings.Limit limit) {
        return new DivergenceGuard(limit, 0, 0);
    }

    /**
     * The guard after a step. Throws {@link RunawayException} when the run is to stop, and {@link TrainingException} for a
     * divergence that is not finite.
     *
     * @param step number of the step, from 1
     * @param divergence of that step, in nats per decision
     */
    public DivergenceGuard after(int step, double divergence) {
        if (!Double.isFinite(divergence)) {
            throw new TrainingException(
                    "Step " + step + " is " + divergence
                            + " nats a decision from the reference policy; try lower learning rates or fewer inner iterations.");
        }
        double next = average + SHARE * (divergence - average);
        int nextAbove = next > limit.divergence() ? above + 1 : 0;
        if (nextAbove >= limit.patience()) {
            throw stopped(step, next);
        }
        return new DivergenceGuard(limit, next, nextAbove);
    }

    private RunawayException stopped(int step, double reached) {
        return new RunawayException(String.format(
                Locale.ROOT,
                "Stopped at step %d: the policy has run away from its reference (%.3g nats a decision on average, above "
                        + "the limit of %.3g for %d steps); try lower learning rates, fewer inner iterations or a larger "
                        + "weight of the divergence.",
                step,
                reached,
                limit.divergence(),
                limit.patience()));
    }
}
