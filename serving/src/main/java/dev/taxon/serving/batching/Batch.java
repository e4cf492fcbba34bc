package dev.taxon.serving.batching;

import dev.taxon.core.prompt.EncodedInput;
import java.util.List;

/**
 * Rows that left the queue together.
 *
 * @param model which scores them
 * @param rows those to score; empty when all that were taken had expired
 * @param expired those whose deadline passed while they waited
 * @param startedNanos when they left the queue
 */
record Batch(QueuedModel model, List<WaitingRow> rows, List<WaitingRow> expired, long startedNanos) {

    Batch {
        rows = List.copyOf(rows);
        expired = List.copyOf(expired);
    }

    List<EncodedInput> inputs() {
        return rows.stream().map(WaitingRow::input).toList();
    }

    long tokens() {
        return rows.stream().mapToLong(row -> row.input().tokens()).sum();
    }

    /** Estimated time on the device. */
    double workNanos() {
        return model.cost().batch(shape().positions());
    }

    BatchShape shape() {
        BatchShape shape = BatchShape.EMPTY;
        for (WaitingRow row : rows) {
            shape = shape.with(row);
        }
        return shape;
    }
}
