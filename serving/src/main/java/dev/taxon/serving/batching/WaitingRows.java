package dev.taxon.serving.batching;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The queue: a line a tenant, of rows by urgency. Lines take turns by start-time fair queueing (Goyal, Vin and Cheng, 1996):
 * the next row is one of the tenant that was given least device time for its weight, so that those who ask for less than
 * their share hardly notice one who asks for more. As batches have no padding, any rows may share one. Not thread-safe.
 */
final class WaitingRows {
    private final Map<UUID, TenantLine> lines = new HashMap<>();
    private final TreeSet<TenantLine> waiting = new TreeSet<>(TenantLine.BY_TURN);
    private double virtualTime;
    private double workNanos;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Estimated device time of all rows. */
    double workNanos() {
        return workNanos;
    }

    void add(WaitingRow row) {
        TenantLine line = lines.computeIfAbsent(row.submission().share().tenant(), TenantLine::new);
        boolean empty = line.isEmpty();
        line.join(row, virtualTime);
        if (empty) {
            waiting.add(line);
        }
        size++;
        workNanos += row.workNanos();
    }

    /**
     * Estimated device time of what will be served before the last row of a request that is to join: the rows of its tenant
     * that are due before, and of each other tenant as many as it is given meanwhile.
     *
     * @param due when the last row would be served were its request alone
     * @param work the request's own, which is not counted itself
     */
    double workBefore(Share share, long due, double work) {
        TenantLine own = lines.get(share.tenant());
        double before = own == null ? 0 : own.workDueBefore(due);
        double turn = (before + work) / share.weight();
        double others = 0;
        for (TenantLine line : waiting) {
            if (line != own) {
                others += Math.min(line.workNanos(), turn * line.weight());
            }
        }
        return before + others;
    }

    /** Removes and returns every row of requests that meet a condition. */
    List<WaitingRow> removeIf(Predicate<Submission> condition) {
        List<WaitingRow> removed = new ArrayList<>();
        for (TenantLine line : waiting) {
            for (WaitingRow row : line.rows()) {
                if (condition.test(row.submission())) {
                    removed.add(row);
                }
            }
        }
        removed.forEach(this::remove);
        return removed;
    }

    /** Removes and returns the rows of a request. */
    List<WaitingRow> remove(Submission submission) {
        TenantLine line = lines.get(submission.share().tenant());
        List<WaitingRow> removed = new ArrayList<>();
        if (line != null) {
            line.rows().forEach(row -> {
                if (row.submission() == submission) {
                    removed.add(row);
                }
            });
            removed.forEach(this::remove);
        }
        return removed;
    }

    /** Removes and returns the next batch: the row whose turn it is and, in turn, as many more as the room allows. */
    List<WaitingRow> take(BatchRoom room) {
        List<WaitingRow> batch = new ArrayList<>();
        BatchShape shape = BatchShape.EMPTY;
        while (size > 0) {
            TenantLine line = waiting.first();
            WaitingRow row = line.mostUrgent();
            if (!batch.isEmpty() && !room.holds(shape.with(row))) {
                break;
            }
            serve(line, row);
            batch.add(row);
            shape = shape.with(row);
        }
        return batch;
    }

    private void serve(TenantLine line, WaitingRow row) {
        waiting.remove(line);
        virtualTime = line.virtualTime();
        line.serve(row);
        if (!line.isEmpty()) {
            waiting.add(line);
        }
        removed(row);
    }

    private void remove(WaitingRow row) {
        TenantLine line = lines.get(row.submission().share().tenant());
        if (line != null) {
            line.remove(row);
            if (line.isEmpty()) {
                waiting.remove(line);
            }
            removed(row);
        }
    }

    private void removed(WaitingRow row) {
        size--;
        workNanos -= row.workNanos();
        if (size == 0) {
            // Nobody waits, so nobody is owed anything: lines are forgotten, and rounding with them.
            lines.clear();
            virtualTime = 0;
            workNanos = 0;
        }
    }
}
