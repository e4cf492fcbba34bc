package dev.taxon.training.policy;

import dev.taxon.training.run.TrainingException;
import java.util.List;

/**
 * What one inner iteration saw before its update; means over a row's decisions and over rows. A decision is a label of a
 * multi-label row, or the whole of a single-label row.
 *
 * @param loss the whole loss
 * @param gradientNorm over all parameters, before clipping
 * @param entropy of a decision, in nats
 * @param divergence of a decision from the reference policy, in nats
 * @param clipFraction share of decisions whose ratio lies outside the clip
 * @param valueLoss squared error of the value head; 0 without one
 */
public record Improvement(
        double loss, double gradientNorm, double entropy, double divergence, double clipFraction, double valueLoss) {

    /** Throws {@link TrainingException}, which names step and rows, when there is nothing finite to go on from. */
    void requireFinite(int step, List<String> places) {
        if (Double.isFinite(loss) && Double.isFinite(gradientNorm) && Double.isFinite(valueLoss)) {
            return;
        }
        throw new TrainingException("Step " + step + " gave a loss of " + loss + ", a gradient norm of " + gradientNorm
                + " and a value loss of " + valueLoss + "; its rows were " + String.join(", ", places)
                + ". Try lower learning rates, fewer inner iterations or a larger weight of the divergence.");
    }
}
