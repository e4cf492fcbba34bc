package dev.taxon.serving.batching;

/**
 * Learns how long a batch takes: a fixed part and a part for each position. Not thread-safe.
 *
 * <p>A Kalman filter over both parts, which knows how sure it is of each, relative to what they are. Batches of one size tell
 * only the sum; what is known of the parts from when sizes differed stays then, where least squares over recent batches took the
 * noise among them for a slope, and a hundred rows for as cheap as three.
 */
final class CostModel {
    /** How far one observation may be from the expectation before it is cut, so that one hiccup teaches little. */
    private static final double SURPRISE = 4;

    /** Standard deviation of how long like batches take, relative to that. */
    private static final double NOISE = 0.25;

    /** How much faster or slower the whole machine may have become from one batch to the next: it has other work, too. */
    private static final double MACHINE_DRIFT = 0.02;

    /** How much either part may have changed by itself, relative to what a usual batch takes. */
    private static final double OWN_DRIFT = 0.001;

    /** How wrong the guess may be, relative to it. */
    private static final double DOUBT = 0.5;

    /** The least part of a usual batch's cost that grows with its size. */
    private static final double LEAST_SLOPE = 0.1;

    /** How much of what is usual is the last batch. */
    private static final double NEWS = 0.02;

    private static final double USUAL_POSITIONS = 500;

    private double fixedNanos;
    private double positionNanos;
    private double fixedVariance;
    private double positionVariance;
    private double covariance;
    private double usualPositions = USUAL_POSITIONS;

    /** Starts from a guess. */
    CostModel(double fixedNanos, double positionNanos) {
        this.fixedNanos = fixedNanos;
        this.positionNanos = positionNanos;
        this.fixedVariance = square(DOUBT * fixedNanos);
        this.positionVariance = square(DOUBT * positionNanos);
    }

    /** What any CPU of today roughly does with a small encoder. */
    static CostModel withDefaultGuess() {
        return new CostModel(3e6, 1e5);
    }

    /** Nanoseconds that a batch of so many positions is expected to take. */
    double batch(long positions) {
        return whole(positions);
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
        usualPositions += NEWS * (size - usualPositions);
        double expected = Math.max(1, whole(size));
        double taken = Math.max(expected / SURPRISE, Math.min(expected * SURPRISE, elapsedNanos));
        double usual = Math.max(1, whole(usualPositions));
        drift(usual);
        // What takes long is as likely a hiccup as news, what takes little is news.
        correct(size, taken - expected, square(NOISE) * expected * taken);
        keepWithinReason();
        scaleDoubt(square(Math.max(1, whole(usualPositions)) / usual));
    }

    private double whole(double positions) {
        return fixedNanos + positionNanos * positions;
    }

    private void drift(double usual) {
        fixedVariance += square(MACHINE_DRIFT * fixedNanos) + square(OWN_DRIFT * usual);
        positionVariance += square(MACHINE_DRIFT * positionNanos) + square(OWN_DRIFT * usual / usualPositions);
        covariance += square(MACHINE_DRIFT) * fixedNanos * positionNanos;
    }

    private void correct(double size, double difference, double noise) {
        double withFixed = fixedVariance + size * covariance;
        double withPosition = covariance + size * positionVariance;
        double all = withFixed + size * withPosition + noise;
        fixedNanos += withFixed / all * difference;
        positionNanos += withPosition / all * difference;
        fixedVariance -= withFixed / all * withFixed;
        covariance -= withFixed / all * withPosition;
        positionVariance -= withPosition / all * withPosition;
    }

    /** Moves between the parts what one of them cannot be; a usual batch takes what it took. */
    private void keepWithinReason() {
        double usual = Math.max(1, whole(usualPositions));
        double least = LEAST_SLOPE * usual / usualPositions;
        positionNanos = Math.max(least, Math.min(positionNanos, usual / usualPositions));
        fixedNanos = Math.max(0, usual - positionNanos * usualPositions);
    }

    /** Doubt is relative: of a machine that became slower as much is known as before. */
    private void scaleDoubt(double factor) {
        fixedVariance *= factor;
        positionVariance *= factor;
        covariance *= factor;
    }

    private static double square(double value) {
        return value * value;
    }
}
