package dev.taxon.training.evaluation;

/**
 * How often a label was right and wrong, over the rows that offered it.
 *
 * @param truePositives rows where it was true and predicted
 * @param falsePositives rows where it was predicted alone
 * @param falseNegatives rows where it was true alone
 * @param trueNegatives rows where it was neither
 */
public record LabelCounts(long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {
    static final LabelCounts NONE = new LabelCounts(0, 0, 0, 0);

    LabelCounts plus(boolean truth, boolean predicted) {
        return new LabelCounts(
                truePositives + (truth && predicted ? 1 : 0),
                falsePositives + (!truth && predicted ? 1 : 0),
                falseNegatives + (truth && !predicted ? 1 : 0),
                trueNegatives + (!truth && !predicted ? 1 : 0));
    }

    LabelCounts plus(LabelCounts other) {
        return new LabelCounts(
                truePositives + other.truePositives,
                falsePositives + other.falsePositives,
                falseNegatives + other.falseNegatives,
                trueNegatives + other.trueNegatives);
    }

    /** Rows where it was true. */
    public long support() {
        return truePositives + falseNegatives;
    }

    /** Share of its predictions that were right, 0 without any. */
    public double precision() {
        return ratio(truePositives, truePositives + falsePositives);
    }

    /** Share of its rows that were found, 0 without any. */
    public double recall() {
        return ratio(truePositives, support());
    }

    /** Harmonic mean of precision and recall, 0 where it was neither true nor predicted. */
    public double f1() {
        return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
