package dev.taxon.training.statistics;

import java.util.Arrays;

/** Figures of resampled rows, each sorted. Immutable and thread-safe. */
public final class Resamples {
    private static final double TAIL = 0.025;

    private final double[][] sorted;

    /** @param draws [figure][resample]; sorted in place and kept */
    Resamples(double[][] draws) {
        this.sorted = draws;
        for (double[] figure : draws) {
            Arrays.sort(figure);
        }
    }

    /** The percentile interval: the middle 95% of the resamples. */
    public Estimate percentile(int figure, double value) {
        return new Estimate(value, quantile(sorted[figure], TAIL), quantile(sorted[figure], 1 - TAIL));
    }

    /**
     * The basic interval, which mirrors the resamples at the value (Davison and Hinkley 1997, section 5.2). For figures
     * that resampling pushes to one side, such as means of absolute gaps, whose percentile interval can even leave out the
     * value itself.
     */
    public Estimate basic(int figure, double value) {
        return new Estimate(
                value, 2 * value - quantile(sorted[figure], 1 - TAIL), 2 * value - quantile(sorted[figure], TAIL));
    }

    /** Share of resamples above 0, those at 0 counted half. */
    public double shareAboveZero(int figure) {
        double above = Arrays.stream(sorted[figure])
                .map(value -> value > 0 ? 1 : value == 0 ? 0.5 : 0)
                .sum();
        return above / sorted[figure].length;
    }

    /**
     * The value below which a share of some numbers lies, interpolated between neighbours.
     *
     * @param sorted at least one
     */
    public static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
