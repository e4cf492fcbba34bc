package dev.taxon.training.calibration;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Finds the threshold of the highest F1. Between two scores any threshold predicts the same, so the middle is taken; of
 * thresholds of equal F1 the one nearest to 0.5. Not thread-safe.
 */
final class BestThreshold {
    private static final double USUAL = 0.5;

    private final long right;
    private long hits;
    private long falseAlarms;
    private double below;
    private double best = USUAL;
    private double bestF1 = -1;

    private BestThreshold(long right, long wrong) {
        this.right = right;
        this.hits = right;
        this.falseAlarms = wrong;
    }

    /**
     * The best threshold in [0, 1].
     *
     * @param right scores of labels that are true, at least one
     * @param wrong scores of labels that are not
     */
    static double of(DoubleStream right, DoubleStream wrong) {
        double[] truths = right.toArray();
        double[] others = wrong.toArray();
        return of(truths.length, others.length, AscendingScores.MOST, sink -> {
            Arrays.stream(truths).forEach(score -> sink.add(score, true));
            Arrays.stream(others).forEach(score -> sink.add(score, false));
        });
    }

    /**
     * The best threshold in [0, 1] of any number of decisions.
     *
     * @param right how many are of a true label, at least one
     * @param wrong how many are not
     * @param most how many may be sorted together
     */
    static double of(long right, long wrong, int most, Decisions decisions) {
        BestThreshold threshold = new BestThreshold(right, wrong);
        AscendingScores.visit(decisions, right, wrong, most, threshold::consider);
        return threshold.best;
    }

    /** Holds a threshold just below a score against the best one of those before. */
    private void consider(double score, long rightHere, long wrongHere) {
        double f1 = 2.0 * hits / (right + hits + falseAlarms);
        double threshold = between(below, score);
        if (f1 > bestF1 || (f1 == bestF1 && nearer(threshold, best))) {
            best = threshold;
            bestF1 = f1;
        }
        hits -= rightHere;
        falseAlarms -= wrongHere;
        below = score;
    }

    /** The usual threshold where it lies between, else the middle, else, between neighbouring numbers, the upper one. */
    private static double between(double below, double score) {
        if (below < USUAL && USUAL <= score) {
            return USUAL;
        }
        double middle = below + (score - below) / 2;
        return middle > below ? middle : score;
    }

    private static boolean nearer(double one, double other) {
        return Math.abs(one - USUAL) < Math.abs(other - USUAL);
    }
}
