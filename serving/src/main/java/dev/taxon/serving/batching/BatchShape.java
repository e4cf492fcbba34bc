package dev.taxon.serving.batching;

/**
 * The size of a batch.
 *
 * @param rows rows in the batch
 * @param positions what their forward pass computes, summed: batches have no padding
 * @param longest positions of the longest row
 */
record BatchShape(int rows, long positions, int longest) {
    static final BatchShape EMPTY = new BatchShape(0, 0, 0);

    /** How much longer than the mean the longest row may be: parts that run side by side wait for each other. */
    private static final double UNEVEN = 1.25;

    BatchShape with(WaitingRow row) {
        int own = row.input().positions();
        return new BatchShape(rows + 1, positions + own, Math.max(longest, own));
    }

    /** Whether its rows, a lane each, take hardly longer than one of them alone. */
    boolean isSideBySide(int lanes) {
        return rows <= lanes && (double) longest * rows <= UNEVEN * positions;
    }
}
