package dev.taxon.training.calibration;

import dev.taxon.core.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The bins that each row's answers fall into, so that thousands of resamples take seconds. Not thread-safe. */
final class BinnedRows {
    static final int BINS = 15;

    private final int[][] bins;
    private final double[][] gaps;
    private final int[] answers;
    private final long[] counts = new long[BINS];
    private final double[] confidence = new double[BINS];
    private final long[] right = new long[BINS];
    private final double[] sums = new double[BINS];

    /** @param calibrations [rows], by which each row's scores are made */
    BinnedRows(ScoredRows rows, List<Calibration> calibrations) {
        bins = new int[rows.size()][];
        gaps = new double[rows.size()][];
        answers = new int[rows.size()];
        for (int row = 0; row < bins.length; row++) {
            add(row, rows.rows().get(row), calibrations.get(row));
        }
    }

    private void add(int place, ScoredRow row, Calibration calibration) {
        double[] scores = calibration.scores(row);
        double[] gap = new double[BINS];
        boolean[] met = new boolean[BINS];
        int[] answering = calibration.mode() == Mode.SINGLE_LABEL
                ? new int[] {row.best()}
                : IntStream.range(0, scores.length).toArray();
        for (int label : answering) {
            int bin = bin(scores[label]);
            met[bin] = true;
            gap[bin] += scores[label] - (row.target(label) ? 1 : 0);
            counts[bin]++;
            confidence[bin] += scores[label];
            right[bin] += row.target(label) ? 1 : 0;
        }
        bins[place] = IntStream.range(0, BINS).filter(bin -> met[bin]).toArray();
        gaps[place] = IntStream.of(bins[place]).mapToDouble(bin -> gap[bin]).toArray();
        answers[place] = answering.length;
    }

    /** A bin takes its upper edge, but not its lower one, as in the paper. */
    private static int bin(double score) {
        return Math.max(0, (int) Math.ceil(score * BINS) - 1);
    }

    ReliabilityCurve curve() {
        List<ReliabilityBin> curve = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            double count = Math.max(1, counts[bin]);
            curve.add(new ReliabilityBin(
                    (double) bin / BINS, (bin + 1.0) / BINS, counts[bin], confidence[bin] / count, right[bin] / count));
        }
        return new ReliabilityCurve(curve);
    }

    /** The expected calibration error of some rows, which may be there more than once. */
    double error(int[] rows) {
        Arrays.fill(sums, 0);
        long all = 0;
        for (int row : rows) {
            all += answers[row];
            for (int i = 0; i < bins[row].length; i++) {
                sums[bins[row][i]] += gaps[row][i];
            }
        }
        double error = 0;
        for (double sum : sums) {
            error += Math.abs(sum);
        }
        return error / all;
    }
}
