package dev.taxon.serving.batching;

/**
 * Learns how long a batch takes: a fixed part and a part for each position. Not thread-safe.
 *
 * <p>A Kalman filter over both parts, which knows how sure it is of each. Batches of one size tell only the sum; what is known of
 * the parts from when sizes differed stays then, where least squares over recent batches took the noise among them for a
 * slope, and a hundred rows for as cheap as three.
 */
final class CostModel {
    /** How far one observation may be from the expectation before it is cut, so that one hiccup teaches little. */
    private static final double SURPRISE = 4;

    /** Standard deviation of how long like batches take, relative to that. */
    private static final double NOISE = 0.25;

    /** How much either part may have changed from one batch to the next, relative to the whole: the machine has other work, too. */
    private static final double DRIFT = 0.003;

    /** The least part of a batch's cost that grows with its size. */
    private static final double LEAST_SLOPE = 0.1;

    private double fixedNanos;
    private double positionNanos;
    private double fixedVariance;
    private double positionVariance;
    private double covariance;

    /** Starts from a guess, either part of which may be wrong by as much as it is. */
    CostModel(double fixedNanos, double positionNanos) {
        this.fixedNanos = fixedNanos;
        this.positionNanos = positionNanos;
        this.fixedVariance = square(fixedNanos);
        this.positionVariance = square(positionNanos);
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
        double size = Math.max(1, positions);
        double expected = Math.max(1, batch(positions));
        double taken = Math.max(expected / SURPRISE, Math.min(expected * SURPRISE, elapsedNanos));
        drift(size, expected);
        correct(size, taken - expected, square(NOISE * expected));
        fixedNanos = Math.max(0, fixedNanos);
        positionNanos = Math.max(positionNanos, LEAST_SLOPE * expected / size);
    }

    private void drift(double size, double expected) {
        fixedVariance += square(DRIFT * expected);
        positionVariance += square(DRIFT * expected / size);
    }

    private void correct(double size, double difference, double noise) {
        double withFixed = fixedVariance + size * covariance;
        double withPosition = covariance + size * positionVariance;
        double whole = withFixed + size * withPosition + noise;
        fixedNanos += withFixed / whole * difference;
        positionNanos += withPosition / whole * difference;
        fixedVariance -= withFixed / whole * withFixed;
        covariance -= withFixed / whole * withPosition;
        positionVariance -= withPosition / whole * withPosition;
    }

    private static double square(double value) {
        return value * value;
    }
}
