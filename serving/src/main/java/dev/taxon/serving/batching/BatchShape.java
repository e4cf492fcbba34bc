package dev.taxon.serving.batching;

/**
 * The size of a batch.
 *
 * @param rows rows in the batch
 * @param positions what their forward pass computes, summed: batches have no padding
 */
record BatchShape(int rows, long positions) {
    static final BatchShape EMPTY = new BatchShape(0, 0);

    BatchShape with(WaitingRow row) {
        return new BatchShape(rows + 1, positions + row.input().positions());
    }
}
