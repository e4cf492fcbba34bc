package dev.taxon.serving.batching;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The queue: rows by urgency. As batches have no padding, any rows may share one. Not thread-safe. */
final class WaitingRows {
    private final TreeSet<WaitingRow> byUrgency = new TreeSet<>(WaitingRow.BY_URGENCY);
    private double workNanos;

    boolean isEmpty() {
        return byUrgency.isEmpty();
    }

    int size() {
        return byUrgency.size();
    }

    /** Estimated device time of all rows. */
    double workNanos() {
        return workNanos;
    }

    void add(WaitingRow row) {
        byUrgency.add(row);
        workNanos += row.workNanos();
    }

    /** Estimated device time of the rows that are due before a moment. */
    double workDueBefore(long due) {
        double work = 0;
        for (WaitingRow row : byUrgency) {
            if (row.due() - due >= 0) {
                break;
            }
            work += row.workNanos();
        }
        return work;
    }

    /** Removes and returns every row of requests that meet a condition. */
    List<WaitingRow> removeIf(Predicate<Submission> condition) {
        List<WaitingRow> removed = byUrgency.stream()
                .filter(row -> condition.test(row.submission()))
                .toList();
        removed.forEach(this::remove);
        return removed;
    }

    /** Removes and returns the next batch: the most urgent row and, in turn, as many more as the room allows. */
    List<WaitingRow> take(BatchRoom room) {
        List<WaitingRow> batch = new ArrayList<>();
        BatchShape shape = BatchShape.EMPTY;
        for (WaitingRow row : byUrgency) {
            if (!batch.isEmpty() && !room.holds(shape.with(row))) {
                break;
            }
            batch.add(row);
            shape = shape.with(row);
        }
        batch.forEach(this::remove);
        return batch;
    }

    private void remove(WaitingRow row) {
        byUrgency.remove(row);
        workNanos = byUrgency.isEmpty() ? 0 : workNanos - row.workNanos();
    }
}
