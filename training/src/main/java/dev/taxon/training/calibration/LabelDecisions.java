package dev.taxon.training.calibration;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Scores of one label where it is true and where it is not. Not thread-safe. */
final class LabelDecisions {
    private final Scores right = new Scores();
    private final Scores wrong = new Scores();

    void add(double score, boolean truth) {
        (truth ? right : wrong).add(score);
    }

    double bestThreshold() {
        return BestThreshold.of(right.stream(), wrong.stream());
    }

    private static final class Scores {
        private double[] values = new double[16];
        private int count;

        private void add(double score) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = score;
        }

        private DoubleStream stream() {
            return Arrays.stream(values, 0, count);
        }
    }
}
