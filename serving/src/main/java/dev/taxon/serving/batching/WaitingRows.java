package dev.taxon.serving.batching;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The queue: rows by urgency and by length at once. A batch is the most urgent row and its nearest by length, so that
 * little is padded and nobody waits for ever. Not thread-safe.
 */
final class WaitingRows {
    private final TreeSet<WaitingRow> byUrgency = new TreeSet<>(WaitingRow.BY_URGENCY);
    private final TreeSet<WaitingRow> byLength = new TreeSet<>(WaitingRow.BY_LENGTH);
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
        byLength.add(row);
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

    /** Removes and returns the next batch: at least one row, as many as the room allows. */
    List<WaitingRow> take(BatchRoom room) {
        List<WaitingRow> batch = new ArrayList<>();
        WaitingRow first = byUrgency.first();
        BatchShape shape = BatchShape.EMPTY.with(first);
        batch.add(first);
        @Nullable WaitingRow shorter = byLength.lower(first);
        @Nullable WaitingRow longer = byLength.higher(first);
        while (shorter != null || longer != null) {
            WaitingRow next = nearest(first, shorter, longer);
            boolean fits = room.holds(shape.with(next));
            if (fits) {
                batch.add(next);
                shape = shape.with(next);
            }
            if (next == shorter) {
                shorter = fits ? byLength.lower(next) : null;
            } else {
                longer = fits ? byLength.higher(next) : null;
            }
        }
        batch.forEach(this::remove);
        return batch;
    }

    private void remove(WaitingRow row) {
        byUrgency.remove(row);
        byLength.remove(row);
        workNanos = byUrgency.isEmpty() ? 0 : workNanos - row.workNanos();
    }

    private static WaitingRow nearest(WaitingRow to, @Nullable WaitingRow shorter, @Nullable WaitingRow longer) {
        if (shorter == null || longer == null) {
            return Objects.requireNonNull(shorter == null ? longer : shorter);
        }
        int below = to.input().length() - shorter.input().length();
        int above = longer.input().length() - to.input().length();
        return below < above ? shorter : longer;
    }
}
