package dev.taxon.training.evaluation;

import dev.taxon.training.statistics.Bootstrap;
import dev.taxon.training.statistics.Estimate;
import java.util.List;
import java.util.Set;

/**
 * How sure the difference between two predictors is (Efron and Tibshirani 1993, paired percentile bootstrap): rows are
 * drawn again with replacement within each set, the same ones for both, and the difference of their mean macro F1 over
 * the sets is taken each time.
 */
public final class PairedBootstrap {
    private static final int FIGURES = RowDecisions.Figures.COUNT;
    private static final int MACRO_F1 = 2;

    private final Bootstrap bootstrap;

    public PairedBootstrap(int resamples, long seed) {
        this.bootstrap = new Bootstrap(resamples, seed);
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

    /** The difference of mean macro F1 over several sets that count alike, first minus second. */
    public Estimate compare(List<Pair> sets) {
        if (sets.isEmpty()) {
            throw new IllegalArgumentException("There is no set to compare on.");
        }
        // The other way round, since differences are the second's less the first's.
        List<PairedDecisions> decisions = sets.stream()
                .map(set -> PairedDecisions.of(set.second(), set.first()))
                .toList();
        int[] rows = sets.stream().mapToInt(set -> set.first().size()).toArray();
        Estimate sum = bootstrap
                .summed(rows, FIGURES, (set, drawn, taken) -> decisions.get(set).differences(drawn, taken))
                .percentile(MACRO_F1, sum(decisions));
        int count = sets.size();
        return new Estimate(sum.value() / count, sum.low() / count, sum.high() / count);
    }

    private static double sum(List<PairedDecisions> sets) {
        double[] differences = new double[FIGURES];
        double sum = 0;
        for (PairedDecisions set : sets) {
            set.differences(set.all(), differences);
            sum += differences[MACRO_F1];
        }
        return sum;
    }
}
