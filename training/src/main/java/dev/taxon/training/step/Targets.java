package dev.taxon.training.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * What the rows of a batch should be scored, in the order of their packing.
 *
 * @param width the most labels of a row
 * @param counts [rows] labels of each row
 * @param targets [rows * width]
 * @param singles [rows] 1 for a row with one right label
 */
record Targets(int width, long[] counts, float[] targets, float[] singles) {

    /** What one row should be scored: by position of its labels 1 for a true one; whether exactly one is right. */
    interface Row {
        float[] targets();

        boolean singleLabel();
    }

    static Targets of(List<? extends Row> rows, int[] order) {
        int width = rows.stream().mapToInt(row -> row.targets().length).max().orElse(0);
        Targets batch =
                new Targets(width, new long[order.length], new float[order.length * width], new float[order.length]);
        for (int rank = 0; rank < order.length; rank++) {
            batch.fill(rank, rows.get(order[rank]));
        }
        return batch;
    }

    private void fill(int rank, Row row) {
        System.arraycopy(row.targets(), 0, targets, rank * width, row.targets().length);
        counts[rank] = row.targets().length;
        singles[rank] = row.singleLabel() ? 1 : 0;
    }

    /** Counts, targets [rows, width] and singles as the programs take them, owned by the manager. */
    NDArray[] arrays(NDManager manager) {
        return new NDArray[] {
            manager.create(counts), manager.create(targets, new Shape(counts.length, width)), manager.create(singles)
        };
    }
}
