package dev.taxon.serving.batching;

/**
 * Learns how long a batch takes: a fixed part and a part for each position, by least squares over recent batches
 * (older ones fade). Not thread-safe.
 */
final class CostModel {
    /** Weight that an observation keeps with each later one: about the last fifty count. */
    private static final double FADE = 0.98;

    /** How far one observation may be from the expectation before it is cut, so that one hiccup teaches little. */
    private static final double SURPRISE = 4;

    /** Spread of sizes, relative to their mean, below which a slope cannot be told from noise. */
    private static final double LEAST_SPREAD = 0.05;

    private static final long GUESS_POSITIONS = 500;

    private double fixedNanos;
    private double positionNanos;
    private double weight;
    private double seen;
    private double nanos;
    private double positionsSquared;
    private double product;

    /** Starts from a guess, which counts as two batches seen and fades like them. */
    CostModel(double fixedNanos, double positionNanos) {
        this.fixedNanos = fixedNanos;
        this.positionNanos = positionNanos;
        add(0, batch(0));
        add(GUESS_POSITIONS, batch(GUESS_POSITIONS));
    }

    /** What any CPU of today roughly does with a small encoder. */
    static CostModel withDefaultGuess() {
        return new CostModel(3e6, 1e5);
    }

    /** Nanoseconds that a batch of so many positions is expected to take. */
    double batch(long positions) {
        return fixedNanos + positionNanos * positions;
    }

    /** Nanoseconds that a row adds to a batch of its like. */
    double row(int rowPositions) {
        return positionNanos * rowPositions;
    }

    /** Nanoseconds of each batch that do not depend on its size. */
    double fixed() {
        return fixedNanos;
    }

    void observe(long positions, long elapsedNanos) {
        double expected = batch(positions);
        double taken = Math.max(expected / SURPRISE, Math.min(expected * SURPRISE, elapsedNanos));
        add(positions, taken);
        fit();
    }

    private void add(long positions, double taken) {
        weight = weight * FADE + 1;
        seen = seen * FADE + positions;
        nanos = nanos * FADE + taken;
        positionsSquared = positionsSquared * FADE + (double) positions * positions;
        product = product * FADE + positions * taken;
    }

    private void fit() {
        double meanPositions = seen / weight;
        double meanNanos = nanos / weight;
        double variance = positionsSquared / weight - meanPositions * meanPositions;
        double slope = (product / weight - meanPositions * meanNanos) / variance;
        double proportional = meanNanos / meanPositions;
        boolean sloped = variance > Math.pow(LEAST_SPREAD * meanPositions, 2) && slope > 0;
        positionNanos = sloped ? Math.min(slope, proportional) : proportional;
        fixedNanos = Math.max(0, meanNanos - positionNanos * meanPositions);
    }
}
