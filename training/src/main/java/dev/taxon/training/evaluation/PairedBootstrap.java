package dev.taxon.training.evaluation;

import dev.taxon.training.sampling.Randomness;
import dev.taxon.training.statistics.Resamples;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * How sure the difference between two predictors is (Efron and Tibshirani 1993, paired percentile bootstrap): rows are
 * drawn again with replacement within each set, the same ones for both, and the difference of their mean macro F1 over
 * the sets is taken each time.
 */
public final class PairedBootstrap {
    private static final double TAIL = 0.025;

    private final int resamples;
    private final long seed;

    public PairedBootstrap(int resamples, long seed) {
        if (resamples < 100) {
            throw new IllegalArgumentException("A bootstrap needs at least 100 resamples.");
        }
        this.resamples = resamples;
        this.seed = seed;
    }

    /** 10,000 resamples. */
    public static PairedBootstrap withDefaults(long seed) {
        return new PairedBootstrap(10_000, seed);
    }

    /**
     * One set predicted twice.
     *
     * @param first the first predictor's rows, all offering the same labels, in any order
     * @param second the second one's, the same rows in the same order
     */
    public record Pair(List<Judged> first, List<Judged> second) {
        public Pair {
            first = List.copyOf(first);
            second = List.copyOf(second);
            if (first.isEmpty() || first.size() != second.size()) {
                throw new IllegalArgumentException("Both predictors need the same rows, at least one.");
            }
            Set<String> labels = Set.copyOf(first.get(0).allLabels());
            for (int i = 0; i < first.size(); i++) {
                requireSame(labels, first.get(i), second.get(i));
            }
        }

        private static void requireSame(Set<String> labels, Judged first, Judged second) {
            if (!labels.equals(Set.copyOf(first.allLabels()))
                    || !labels.equals(Set.copyOf(second.allLabels()))
                    || !first.trueLabels().equals(second.trueLabels())) {
                throw new IllegalArgumentException(
                        "Rows of both predictors must be the same and offer the same labels.");
            }
        }
    }

    /**
     * The difference, first minus second, and where it lies in 95 of 100 cases.
     *
     * @param difference of mean macro F1 on the rows as they are
     */
    public record Interval(double difference, double low, double high) {}

    /** Compares two predictors over several sets that count alike. */
    public Interval compare(List<Pair> sets) {
        if (sets.isEmpty()) {
            throw new IllegalArgumentException("There is no set to compare on.");
        }
        double[] sums = new double[resamples];
        double difference = 0;
        for (int i = 0; i < sets.size(); i++) {
            PairedDecisions set = PairedDecisions.of(sets.get(i));
            Randomness random = Randomness.of(seed, i);
            difference += set.difference();
            for (int sample = 0; sample < resamples; sample++) {
                sums[sample] += set.resampled(random);
            }
        }
        Arrays.sort(sums);
        return new Interval(
                difference / sets.size(),
                Resamples.quantile(sums, TAIL) / sets.size(),
                Resamples.quantile(sums, 1 - TAIL) / sets.size());
    }
}
