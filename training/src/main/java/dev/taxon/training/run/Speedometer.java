package dev.taxon.training.run;

/** Recent rates: sums that fade, so that a pause or a slow start is soon forgotten. Not thread-safe. */
final class Speedometer {
    private static final double KEPT = 0.98;

    private double seconds;
    private double steps;
    private double rows;
    private double tokens;

    void add(double stepSeconds, int stepRows, long stepTokens) {
        seconds = seconds * KEPT + stepSeconds;
        steps = steps * KEPT + 1;
        rows = rows * KEPT + stepRows;
        tokens = tokens * KEPT + stepTokens;
    }

    double rowsPerSecond() {
        return rows / Math.max(seconds, Double.MIN_NORMAL);
    }

    double tokensPerSecond() {
        return tokens / Math.max(seconds, Double.MIN_NORMAL);
    }

    double secondsFor(int stepsLeft) {
        return stepsLeft * seconds / steps;
    }
}
