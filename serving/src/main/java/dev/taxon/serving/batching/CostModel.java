package dev.taxon.serving.batching;

/**
 * Learns how long a batch takes: a fixed part and a part for each padded token, by least squares over recent batches
 * (older ones fade). Not thread-safe.
 */
final class CostModel {
    /** Weight that an observation keeps with each later one: about the last fifty count. */
    private static final double FADE = 0.98;

    /** How far one observation may be from the expectation before it is cut, so that one hiccup teaches little. */
    private static final double SURPRISE = 4;

    /** Spread of sizes, relative to their mean, below which a slope cannot be told from noise. */
    private static final double LEAST_SPREAD = 0.05;

    private static final long GUESS_TOKENS = 500;

    private double fixedNanos;
    private double tokenNanos;
    private double weight;
    private double tokens;
    private double nanos;
    private double tokensSquared;
    private double product;

    /** Starts from a guess, which counts as two batches seen and fades like them. */
    CostModel(double fixedNanos, double tokenNanos) {
        this.fixedNanos = fixedNanos;
        this.tokenNanos = tokenNanos;
        add(0, batch(0));
        add(GUESS_TOKENS, batch(GUESS_TOKENS));
    }

    /** What any CPU of today roughly does with a small encoder. */
    static CostModel withDefaultGuess() {
        return new CostModel(3e6, 1e5);
    }

    /** Nanoseconds that a batch of so many padded tokens is expected to take. */
    double batch(long paddedTokens) {
        return fixedNanos + tokenNanos * paddedTokens;
    }

    /** Nanoseconds that a row adds to a batch of its like. */
    double row(int rowTokens) {
        return tokenNanos * rowTokens;
    }

    /** Nanoseconds of each batch that do not depend on its size. */
    double fixed() {
        return fixedNanos;
    }

    void observe(long paddedTokens, long elapsedNanos) {
        double expected = batch(paddedTokens);
        double taken = Math.max(expected / SURPRISE, Math.min(expected * SURPRISE, elapsedNanos));
        add(paddedTokens, taken);
        fit();
    }

    private void add(long paddedTokens, double taken) {
        weight = weight * FADE + 1;
        tokens = tokens * FADE + paddedTokens;
        nanos = nanos * FADE + taken;
        tokensSquared = tokensSquared * FADE + (double) paddedTokens * paddedTokens;
        product = product * FADE + paddedTokens * taken;
    }

    private void fit() {
        double meanTokens = tokens / weight;
        double meanNanos = nanos / weight;
        double variance = tokensSquared / weight - meanTokens * meanTokens;
        double slope = (product / weight - meanTokens * meanNanos) / variance;
        double proportional = meanNanos / meanTokens;
        boolean sloped = variance > Math.pow(LEAST_SPREAD * meanTokens, 2) && slope > 0;
        tokenNanos = sloped ? Math.min(slope, proportional) : proportional;
        fixedNanos = Math.max(0, meanNanos - tokenNanos * meanTokens);
    }
}
