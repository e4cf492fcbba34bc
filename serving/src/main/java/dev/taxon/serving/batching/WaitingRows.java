package dev.taxon.serving.batching;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The queue: a line a tenant, of rows by urgency. Lines take turns by start-time fair queueing (Goyal, Vin and Cheng, 1996):
 * the next row is one of the tenant that was given least device time for its weight, so that those who ask for less than
 * their share hardly notice one who asks for more, whichever models they ask. Who asked for nothing for a while is owed a little
 * of what others were given meanwhile, since the queue was last empty, and so goes before one whose line never ends instead of
 * in turns with it. As batches have no padding, any rows of one
 * model may share one. Not thread-safe.
 */
final class WaitingRows {
    private final Map<UUID, TenantLine> lines = new HashMap<>();
    private final TreeSet<TenantLine> waiting = new TreeSet<>(TenantLine.BY_TURN);
    private final double owedNanos;
    private double virtualTime;
    private double workNanos;
    private int size;

    /** @param owed the most device time that a tenant is owed whose line was empty */
    WaitingRows(Duration owed) {
        this.owedNanos = owed.toNanos();
    }

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
        line.join(row, virtualTime, owedNanos);
        if (empty) {
            waiting.add(line);
        }
        size++;
        workNanos += row.workNanos();
        row.model().added(row);
    }

    /**
     * Estimated device time of what will be served before the last row of a request that is to join: the rows of its tenant
     * that are due before, and of each other tenant as many as it is given meanwhile in turns, what either is owed included.
     *
     * @param due when the last row would be served were its request alone
     * @param work the request's own, which is not counted itself
     */
    double workBefore(Share share, long due, double work) {
        TenantLine own = lines.get(share.tenant());
        double before = own == null ? 0 : own.workDueBefore(due);
        TenantLine line = own == null ? new TenantLine(share.tenant()) : own;
        double end = line.beginning(share.weight(), virtualTime, owedNanos) + (before + work) / share.weight();
        double others = 0;
        for (TenantLine other : waiting) {
            if (other != own) {
                others += other.workUntil(end);
            }
        }
        return before + others;
    }

    /** Removes and returns every row that meets a condition. */
    List<WaitingRow> removeIf(Predicate<WaitingRow> condition) {
        List<WaitingRow> removed =
                waiting.stream().flatMap(TenantLine::rows).filter(condition).toList();
        removed.forEach(this::remove);
        return removed;
    }

    /** Removes and returns the rows of a request. */
    List<WaitingRow> remove(Submission submission) {
        TenantLine line = lines.get(submission.share().tenant());
        if (line == null) {
            return List.of();
        }
        List<WaitingRow> removed =
                line.rows().filter(row -> row.submission() == submission).toList();
        removed.forEach(this::remove);
        return removed;
    }

    /** The row whose turn it is; empty when nothing waits. */
    Optional<WaitingRow> first() {
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(waiting.first().mostUrgent());
    }

    /** The model of the row whose turn it is; empty when nothing waits. */
    Optional<QueuedModel> next() {
        return first().map(WaitingRow::model);
    }

    /**
     * Removes and returns the next batch: the row whose turn it is and, in turn, as many more for its model as the room
     * allows. Tenants without such rows lose no turn by it: they are the first of the next batch.
     */
    List<WaitingRow> take(BatchRoom room) {
        List<WaitingRow> batch = new ArrayList<>();
        List<TenantLine> passed = new ArrayList<>();
        next().ifPresent(model -> take(model, room, batch, passed));
        waiting.addAll(passed);
        batch.forEach(row -> charge(row, room.cost().fixed() / batch.size()));
        return batch;
    }

    private void take(QueuedModel model, BatchRoom room, List<WaitingRow> batch, List<TenantLine> passed) {
        BatchShape shape = BatchShape.EMPTY;
        while (!waiting.isEmpty()) {
            TenantLine line = waiting.first();
            Optional<WaitingRow> row = line.mostUrgent(model);
            if (row.isEmpty()) {
                waiting.remove(line);
                passed.add(line);
            } else if (!batch.isEmpty() && !room.holds(shape.with(row.get()))) {
                return;
            } else {
                serve(line, row.get());
                batch.add(row.get());
                shape = shape.with(row.get());
            }
        }
    }

    /** A batch's fixed part is its rows', too: small batches one after the other are not for free. */
    private void charge(WaitingRow row, double nanos) {
        TenantLine line = lines.get(row.submission().share().tenant());
        if (line != null) {
            boolean waits = waiting.remove(line);
            line.charge(nanos);
            if (waits) {
                waiting.add(line);
            }
        }
    }

    private void serve(TenantLine line, WaitingRow row) {
        waiting.remove(line);
        virtualTime = Math.max(virtualTime, line.virtualTime());
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
        row.model().removed(row);
        if (size == 0) {
            // Nobody waits, so nobody is owed anything: lines are forgotten, and rounding with them.
            lines.clear();
            virtualTime = 0;
            workNanos = 0;
        }
    }
}
