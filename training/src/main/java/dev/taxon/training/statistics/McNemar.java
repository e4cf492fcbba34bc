package dev.taxon.training.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * McNemar's test (1947) of whether two classifiers are right equally often on the same rows: only rows that one alone got
 * right tell them apart.
 *
 * @param firstAlone rows that only the first got right
 * @param secondAlone rows that only the second got right
 * @param pValue two-sided: how often classifiers of equal quality would differ by this much or more
 */
public record McNemar(long firstAlone, long secondAlone, Method method, double pValue) {
    private static final long FEWEST_FOR_CHI_SQUARED = 25;

    /** How the p-value was worked out. */
    public enum Method {
        EXACT_BINOMIAL("exact binomial"),
        CORRECTED_CHI_SQUARED("chi-squared with continuity correction");

        private final String title;

        Method(String title) {
            this.title = title;
        }

        /** As reports name it. */
        public String title() {
            return title;
        }
    }

    /** The exact test under 25 telling rows, else the chi-squared one with Edwards' correction (1948). */
    public static McNemar of(long firstAlone, long secondAlone) {
        if (firstAlone < 0 || secondAlone < 0) {
            throw new IllegalArgumentException("Counts of rows are not negative.");
        }
        return firstAlone + secondAlone < FEWEST_FOR_CHI_SQUARED
                ? new McNemar(firstAlone, secondAlone, Method.EXACT_BINOMIAL, exact(firstAlone, secondAlone))
                : new McNemar(
                        firstAlone, secondAlone, Method.CORRECTED_CHI_SQUARED, corrected(firstAlone, secondAlone));
    }

    /** Rows that tell the two apart. */
    public long discordant() {
        return firstAlone + secondAlone;
    }

    private static double exact(long firstAlone, long secondAlone) {
        int all = Math.toIntExact(firstAlone + secondAlone);
        int fewer = Math.toIntExact(Math.min(firstAlone, secondAlone));
        return Math.min(1, 2 * BinomialDistribution.of(all, 0.5).cumulativeProbability(fewer));
    }

    private static double corrected(long firstAlone, long secondAlone) {
        double gap = Math.max(0, Math.abs(firstAlone - secondAlone) - 1);
        return ChiSquaredDistribution.of(1).survivalProbability(gap * gap / (firstAlone + secondAlone));
    }
}
