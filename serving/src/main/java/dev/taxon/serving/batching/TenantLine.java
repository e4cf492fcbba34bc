package dev.taxon.serving.batching;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The rows of one tenant that wait, by model and urgency, and the tenant's virtual time: the device time that it was given,
 * over its weight. Not thread-safe.
 */
final class TenantLine {
    /** Whose turn it is: who was given least for its weight. */
    static final Comparator<TenantLine> BY_TURN =
            Comparator.comparingDouble(TenantLine::virtualTime).thenComparing(TenantLine::tenant);

    /** Of models that have rows here, which are few. */
    private final Map<QueuedModel, TreeSet<WaitingRow>> byModel = new HashMap<>();

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
        return byModel.isEmpty();
    }

    Stream<WaitingRow> rows() {
        return byModel.values().stream().flatMap(TreeSet::stream);
    }

    WaitingRow mostUrgent() {
        return byModel.values().stream()
                .map(TreeSet::first)
                .min(WaitingRow.BY_URGENCY)
                .orElseThrow();
    }

    /** The most urgent row of those for a model; empty where there is none. */
    Optional<WaitingRow> mostUrgent(QueuedModel model) {
        return Optional.ofNullable(byModel.get(model)).map(TreeSet::first);
    }

    /**
     * Adds a row.
     *
     * @param now the virtual time of the others
     * @param owedNanos the most device time that it may be owed
     */
    void join(WaitingRow row, double now, double owedNanos) {
        weight = row.submission().share().weight();
        virtualTime = beginning(weight, now, owedNanos);
        byModel.computeIfAbsent(row.model(), unknown -> new TreeSet<>(WaitingRow.BY_URGENCY))
                .add(row);
        workNanos += row.workNanos();
    }

    /**
     * The virtual time at which a row that joined now would find the line: that of the others, less what it is owed, for a
     * line that was empty.
     */
    double beginning(int joiningWeight, double now, double owedNanos) {
        return isEmpty() ? Math.max(virtualTime, now - owedNanos / joiningWeight) : virtualTime;
    }

    /** Estimated device time of what it is served before its virtual time passes another. */
    double workUntil(double end) {
        return Math.max(0, Math.min(workNanos, (end - virtualTime) * weight));
    }

    /** The row goes to the device, which counts. */
    void serve(WaitingRow row) {
        remove(row);
        // What it costs by what is known now, which may be more than when it came; no work by estimate is work
        // nevertheless.
        charge(Math.max(1, row.model().cost().row(row.input().positions())));
    }

    /** So much device time was its. */
    void charge(double nanos) {
        virtualTime += nanos / weight;
    }

    void remove(WaitingRow row) {
        byModel.computeIfPresent(row.model(), (model, rows) -> {
            rows.remove(row);
            return rows.isEmpty() ? null : rows;
        });
        workNanos = isEmpty() ? 0 : workNanos - row.workNanos();
    }

    /** Estimated device time of its rows that are due before a moment. */
    double workDueBefore(long due) {
        return byModel.values().stream()
                .flatMap(rows -> rows.stream().takeWhile(row -> row.due() - due < 0))
                .mapToDouble(WaitingRow::workNanos)
                .sum();
    }
}
