package dev.taxon.serving.batching;

import dev.taxon.core.prompt.EncodedInput;
import java.util.Comparator;

/**
 * One row of a request, waiting for the device.
 *
 * @param model which is to score it; a batch has rows of one
 * @param due the moment at which the row would be scored were its request alone: arrival plus the work of the rows
 *     before it. Taking rows by it serves a small request between the rows of a large one, and starves neither.
 * @param workNanos the estimated time that the row adds to a batch
 */
record WaitingRow(
        QueuedModel model,
        Submission submission,
        int index,
        EncodedInput input,
        long due,
        double workNanos,
        long sequence) {

    /** The most urgent first. Due times are compared by difference, as nanosecond clocks may wrap. */
    static final Comparator<WaitingRow> BY_URGENCY = ((Comparator<WaitingRow>)
                    (one, other) -> Long.signum(one.due - other.due))
            .thenComparingLong(WaitingRow::sequence);

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sequence);
    }
}
