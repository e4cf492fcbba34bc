package dev.taxon.training.evaluation;

import dev.taxon.training.statistics.Estimate;
import dev.taxon.training.statistics.Resamples;

/**
 * How much higher a figure of the second predictor is, by a paired percentile bootstrap.
 *
 * @param estimate second minus first
 * @param probability share of resamples in which the second is higher, ties counted half
 */
public record Difference(Estimate estimate, double probability) {

    static Difference of(Resamples resamples, int figure, double first, double second) {
        return new Difference(resamples.percentile(figure, second - first), resamples.shareAboveZero(figure));
    }
}
