package dev.taxon.serving.deployment;

import dev.taxon.sdk.wire.ComparedLabels;
import dev.taxon.sdk.wire.Comparison;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.ResourceName;
import dev.taxon.serving.periodic.PeriodicTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a shadow said beside the active version. Counting adds up in memory and goes to the database every second, off
 * the requests' threads; what cannot be stored then is dropped. Thread-safe.
 */
@Singleton
public final class ComparisonCounts {
    private static final Logger LOG = Logger.getLogger(ComparisonCounts.class);
    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 100_000;
    private static final int MOST_PAIRS = 10_000;
    private static final int SHOWN_PAIRS = 1_000;

    private final TenantTransactions transactions;
    private final DeploymentRows rows;
    private final PeriodicTask flushing;
    private Map<Pair, Long> waiting = new HashMap<>();

    ComparisonCounts(TenantTransactions transactions, DeploymentRows rows) {
        this.transactions = transactions;
        this.rows = rows;
        this.flushing = PeriodicTask.start("taxon-comparisons", FLUSH, this::flushQuietly);
    }

    /**
     * What two versions said of a text.
     *
     * @param active the active version
     * @param other the shadow
     */
    public record Pair(UUID tenant, UUID adapter, int active, int other, String activeLabel, String otherLabel) {}

    /** Counts a text. */
    public synchronized void count(Pair pair) {
        if (waiting.size() < MOST_WAITING || waiting.containsKey(pair)) {
            waiting.merge(pair, 1L, Long::sum);
        }
    }

    /** The counts of two versions; of the present or last ones where none are named. */
    Comparison read(UUID tenant, String name, @Nullable Integer active, @Nullable Integer other) {
        ResourceName.check(name, "name");
        return transactions.in(tenant, () -> {
            DeploymentState state = rows.find(name).orElseThrow(Deployments::noSuch);
            return transactions.sql(connection -> read(connection, state, active, other));
        });
    }

    private static Comparison read(
            Connection connection, DeploymentState state, @Nullable Integer active, @Nullable Integer other)
            throws SQLException {
        int[] versions = versions(connection, state, active, other)
                .orElseThrow(() ->
                        Deployments.conflict("Nothing was compared yet. Set a shadow, and classify with the adapter."));
        return new Comparison(
                versions[0],
                versions[1],
                sum(connection, state, versions, ""),
                sum(connection, state, versions, " AND active_label = other_label"),
                pairs(connection, state, versions));
    }

    private static Optional<int[]> versions(
            Connection connection, DeploymentState state, @Nullable Integer active, @Nullable Integer other)
            throws SQLException {
        Integer first = active == null ? state.active() : active;
        Integer second = other == null ? state.shadow() : other;
        if (first != null && second != null) {
            return Optional.of(new int[] {first, second});
        }
        return Sql.first(
                connection,
                "SELECT active, other FROM comparison_count WHERE adapter_id = ? ORDER BY counted_at DESC LIMIT 1",
                row -> new int[] {row.getInt(1), row.getInt(2)},
                state.adapter());
    }

    private static long sum(Connection connection, DeploymentState state, int[] versions, String which)
            throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT coalesce(sum(texts), 0) FROM comparison_count"
                                + " WHERE adapter_id = ? AND active = ? AND other = ?" + which,
                        row -> row.getLong(1),
                        state.adapter(),
                        versions[0],
                        versions[1])
                .orElse(0L);
    }

    private static List<ComparedLabels> pairs(Connection connection, DeploymentState state, int[] versions)
            throws SQLException {
        return Sql.query(
                connection,
                "SELECT active_label, other_label, texts FROM comparison_count"
                        + " WHERE adapter_id = ? AND active = ? AND other = ?"
                        + " ORDER BY texts DESC, active_label, other_label LIMIT ?",
                row -> new ComparedLabels(row.getString(1), row.getString(2), row.getLong(3)),
                state.adapter(),
                versions[0],
                versions[1],
                SHOWN_PAIRS);
    }

    private void flushQuietly() {
        Map<UUID, List<Map.Entry<Pair, Long>>> byTenant = take().entrySet().stream()
                .collect(Collectors.groupingBy(counted -> counted.getKey().tenant()));
        byTenant.forEach((tenant, counts) -> {
            try {
                transactions.sql(tenant, connection -> add(connection, counts));
            } catch (RuntimeException failure) {
                LOG.debugf(
                        "Counts of a comparison were dropped (%s).",
                        failure.getClass().getSimpleName());
            }
        });
    }

    private static int add(Connection connection, List<Map.Entry<Pair, Long>> counts) throws SQLException {
        int added = 0;
        for (Map.Entry<Pair, Long> counted : counts) {
            added += add(connection, counted.getKey(), counted.getValue());
        }
        return added;
    }

    private synchronized Map<Pair, Long> take() {
        Map<Pair, Long> taken = waiting;
        waiting = new HashMap<>();
        return taken;
    }

    private static int add(Connection connection, Pair pair, long texts) throws SQLException {
        String add = "INSERT INTO comparison_count AS c"
                + " (adapter_id, active, other, active_label, other_label, texts)"
                + " SELECT id, ?, ?, ?, ?, ? FROM adapter WHERE id = ? AND (EXISTS (SELECT 1 FROM comparison_count"
                // What is counted already goes on being counted, or the rest would tell of other texts than it.
                + " WHERE adapter_id = ? AND active = ? AND other = ? AND active_label = ? AND other_label = ?)"
                + " OR (SELECT count(*) FROM comparison_count WHERE adapter_id = ? AND active = ? AND other = ?) < ?)"
                + " ON CONFLICT (adapter_id, active, other, active_label, other_label)"
                + " DO UPDATE SET texts = c.texts + excluded.texts, counted_at = now()";
        return Sql.update(
                connection,
                add,
                pair.active(),
                pair.other(),
                pair.activeLabel(),
                pair.otherLabel(),
                texts,
                pair.adapter(),
                pair.adapter(),
                pair.active(),
                pair.other(),
                pair.activeLabel(),
                pair.otherLabel(),
                pair.adapter(),
                pair.active(),
                pair.other(),
                MOST_PAIRS);
    }

    @PreDestroy
    void stop() {
        flushing.close();
        flushQuietly();
    }
}
