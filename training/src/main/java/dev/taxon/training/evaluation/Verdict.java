package dev.taxon.training.evaluation;

import dev.taxon.training.statistics.Estimate;
import java.util.Locale;

/** A comparison in one sentence, by macro F1, or micro F1 where rows offer different labels. */
final class Verdict {
    /**
     * A bootstrap of very few rows is sure of anything; with fewer differing rows than this no exact test of them reaches
     * 5%, as 2 x 0.5^5 is more.
     */
    private static final int FEWEST_DIFFERING = 6;

    private Verdict() {}

    static String of(Comparison comparison, String first, String secondName) {
        Difference macro = comparison.macroF1();
        Estimate estimate = (macro == null ? comparison.microF1() : macro).estimate();
        String figure = macro == null ? "micro F1" : "macro F1";
        boolean shown = comparison.differing() >= FEWEST_DIFFERING && estimate.excludesZero();
        if (!shown) {
            return "no difference that this data can show: %s of %s (95%%: %s to %s)"
                    .formatted(
                            points(estimate.value()) + " points",
                            figure,
                            points(estimate.low()),
                            points(estimate.high()));
        }
        boolean second = estimate.value() > 0;
        double sign = second ? 1 : -1;
        return "%s is better: %s of %s (95%%: %s to %s)"
                .formatted(
                        second ? secondName : first,
                        points(sign * estimate.value()) + " points",
                        figure,
                        points(second ? estimate.low() : -estimate.high()),
                        points(second ? estimate.high() : -estimate.low()));
    }

    private static String points(double share) {
        return String.format(Locale.ROOT, "%+.1f", 100 * share);
    }
}
