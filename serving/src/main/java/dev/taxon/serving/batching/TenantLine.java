package dev.taxon.serving.batching;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The rows of one tenant that wait, by urgency, and the tenant's virtual time: the device time that it was given, over its
 * weight. Not thread-safe.
 */
final class TenantLine {
    /** Whose turn it is: who was given least for its weight. */
    static final Comparator<TenantLine> BY_TURN =
            Comparator.comparingDouble(TenantLine::virtualTime).thenComparing(TenantLine::tenant);

    private final TreeSet<WaitingRow> byUrgency = new TreeSet<>(WaitingRow.BY_URGENCY);
    private final UUID tenant;
    private int weight = Share.USUAL_WEIGHT;
    private double virtualTime;
    private double workNanos;

    TenantLine(UUID tenant) {
        this.tenant = tenant;
    }

    UUID tenant() {
        return tenant;
    }

    double virtualTime() {
        return virtualTime;
    }

    /** Estimated device time of its rows. */
    double workNanos() {
        return workNanos;
    }

    int weight() {
        return weight;
    }

    boolean isEmpty() {
        return byUrgency.isEmpty();
    }

    int size() {
        return byUrgency.size();
    }

    Iterable<WaitingRow> rows() {
        return byUrgency;
    }

    WaitingRow mostUrgent() {
        return byUrgency.first();
    }

    /** A line that was empty saves nothing up: it begins where the others are. */
    void join(WaitingRow row, double now) {
        if (byUrgency.isEmpty()) {
            virtualTime = Math.max(virtualTime, now);
        }
        weight = row.submission().share().weight();
        byUrgency.add(row);
        workNanos += row.workNanos();
    }

    /** The row goes to the device, which counts. */
    void serve(WaitingRow row) {
        remove(row);
        // A row of no work by estimate is work nevertheless.
        virtualTime += Math.max(1, row.workNanos()) / weight;
    }

    void remove(WaitingRow row) {
        byUrgency.remove(row);
        workNanos = byUrgency.isEmpty() ? 0 : workNanos - row.workNanos();
    }

    /** Estimated device time of its rows that are due before a moment. */
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
}
