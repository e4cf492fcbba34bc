package dev.taxon.serving.batching;

/**
 * The size of a batch once its rows are padded to the longest.
 *
 * @param rows rows in the batch
 * @param length the longest row's own sequence, in tokens
 * @param beside the most tokens of labels encoded apart
 */
record BatchShape(int rows, int length, int beside) {
    static final BatchShape EMPTY = new BatchShape(0, 0, 0);

    BatchShape with(WaitingRow row) {
        return new BatchShape(rows + 1, Math.max(length, row.input().length()), Math.max(beside, row.besideTokens()));
    }

    long paddedTokens() {
        return (long) rows * (length + beside);
    }
}
