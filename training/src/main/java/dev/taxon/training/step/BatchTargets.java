package dev.taxon.training.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** What a batch's rows are scored against, as rectangles [rows, width], width being the most labels of a row. */
record BatchTargets(int rows, int width, long[] index, long[] counts, float[] targets, float[] singles) {

    static BatchTargets of(List<TrainingBatch.Row> rows) {
        int width = rows.stream().mapToInt(row -> row.labels().length).max().orElse(0);
        BatchTargets batch = new BatchTargets(
                rows.size(),
                width,
                new long[rows.size() * width],
                new long[rows.size()],
                new float[rows.size() * width],
                new float[rows.size()]);
        for (int number = 0; number < rows.size(); number++) {
            batch.fill(number, rows.get(number));
        }
        return batch;
    }

    private void fill(int number, TrainingBatch.Row row) {
        int first = number * width;
        for (int position = 0; position < row.labels().length; position++) {
            index[first + position] = row.labels()[position];
            targets[first + position] = row.targets()[position];
        }
        counts[number] = row.labels().length;
        singles[number] = row.singleLabel() ? 1 : 0;
    }

    NDArray index(NDManager manager) {
        return manager.create(index, new Shape(rows, width));
    }

    NDArray counts(NDManager manager) {
        return manager.create(counts, new Shape(rows));
    }

    NDArray targets(NDManager manager) {
        return manager.create(targets, new Shape(rows, width));
    }

    NDArray singles(NDManager manager) {
        return manager.create(singles, new Shape(rows));
    }
}
