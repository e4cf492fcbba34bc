package dev.taxon.training.statistics;

/**
 * A figure, and where it lies in 95 of 100 cases.
 *
 * @param value on the rows as they are
 */
public record Estimate(double value, double low, double high) {

    /** True when the interval leaves out 0. */
    public boolean excludesZero() {
        return low > 0 || high < 0;
    }
}
