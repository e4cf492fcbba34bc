package dev.taxon.training.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.taxon.core.torch.PackedRows;
import java.util.List;

/**
 * What a batch's rows are scored against.
 *
 * @param width the most labels of a row
 * @param labels [M] which of the batch's labels, as they are packed, each label of each row is; the filler's last
 * @param counts [rows] labels of each row
 * @param targets [rows * width]
 * @param singles [rows] 1 for a row with one right label
 */
record BatchTargets(int width, long[] labels, long[] counts, float[] targets, float[] singles) {

    /**
     * The targets of rows as they are packed.
     *
     * @param labelRanks where each of the batch's labels stands in theirs
     */
    static BatchTargets of(List<TrainingBatch.Row> rows, PackedRows packed, int[] labelRanks) {
        int[] order = packed.order();
        int width = rows.stream().mapToInt(row -> row.labels().length).max().orElse(0);
        int all = rows.stream().mapToInt(row -> row.labels().length).sum();
        BatchTargets batch = new BatchTargets(
                width,
                new long[all + packed.filler().labels()],
                new long[rows.size()],
                new float[rows.size() * width],
                new float[rows.size()]);
        int first = 0;
        for (int rank = 0; rank < order.length; rank++) {
            TrainingBatch.Row row = rows.get(order[rank]);
            batch.fill(rank, first, row, labelRanks);
            first += row.labels().length;
        }
        return batch;
    }

    private void fill(int rank, int first, TrainingBatch.Row row, int[] labelRanks) {
        for (int position = 0; position < row.labels().length; position++) {
            labels[first + position] = labelRanks[row.labels()[position]];
            targets[rank * width + position] = row.targets()[position];
        }
        counts[rank] = row.labels().length;
        singles[rank] = row.singleLabel() ? 1 : 0;
    }

    NDArray labels(NDManager manager) {
        return manager.create(labels);
    }

    NDArray counts(NDManager manager) {
        return manager.create(counts);
    }

    NDArray targets(NDManager manager) {
        return manager.create(targets, new Shape(counts.length, width));
    }

    NDArray singles(NDManager manager) {
        return manager.create(singles);
    }
}
