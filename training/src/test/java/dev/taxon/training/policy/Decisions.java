package dev.taxon.training.policy;

/**
 * Logits of a few rows as tests write them down.
 *
 * @param logits by row and label, padded to one width with whatever the test likes
 * @param counts labels of each row
 * @param single 1 for a row with a single label
 */
record Decisions(double[][] logits, long[] counts, float[] single) {

    /** One multi-label row. */
    static Decisions each(double... logits) {
        return new Decisions(new double[][] {logits}, new long[] {logits.length}, new float[] {0});
    }

    /** One single-label row. */
    static Decisions one(double... logits) {
        return new Decisions(new double[][] {logits}, new long[] {logits.length}, new float[] {1});
    }

    Decisions with(double[][] others) {
        return new Decisions(others, counts, single);
    }
}
