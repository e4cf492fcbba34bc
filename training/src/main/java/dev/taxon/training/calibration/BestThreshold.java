package dev.taxon.training.calibration;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Finds the threshold of the highest F1. Between two scores any threshold predicts the same, so the middle is taken; of
 * thresholds of equal F1 the one nearest to 0.5.
 */
final class BestThreshold {
    private static final double USUAL = 0.5;

    private final double[] right;
    private final double[] wrong;

    private BestThreshold(DoubleStream right, DoubleStream wrong) {
        this.right = right.sorted().toArray();
        this.wrong = wrong.sorted().toArray();
    }

    /**
     * The best threshold in [0, 1].
     *
     * @param right scores of labels that are true, at least one
     * @param wrong scores of labels that are not
     */
    static double of(DoubleStream right, DoubleStream wrong) {
        return new BestThreshold(right, wrong).find();
    }

    private double find() {
        double[] distinct = DoubleStream.concat(Arrays.stream(right), Arrays.stream(wrong))
                .sorted()
                .distinct()
                .toArray();
        double best = USUAL;
        double bestF1 = -1;
        int rightBelow = 0;
        int wrongBelow = 0;
        for (int i = 0; i < distinct.length; i++) {
            double below = i == 0 ? 0 : distinct[i - 1];
            rightBelow = advance(right, rightBelow, distinct[i]);
            wrongBelow = advance(wrong, wrongBelow, distinct[i]);
            double f1 = f1(right.length - rightBelow, wrong.length - wrongBelow);
            double threshold = between(below, distinct[i]);
            if (f1 > bestF1 || (f1 == bestF1 && nearer(threshold, best))) {
                best = threshold;
                bestF1 = f1;
            }
        }
        return best;
    }

    private static int advance(double[] sorted, int from, double score) {
        int place = from;
        while (place < sorted.length && sorted[place] < score) {
            place++;
        }
        return place;
    }

    private double f1(int hits, int falseAlarms) {
        return 2.0 * hits / (right.length + hits + falseAlarms);
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
