package dev.taxon.serving.deployment;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code deployment}, beside those of their adapters; inside the caller's tenant transaction. */
@Singleton
final class DeploymentRows {
    static final String COLUMNS = "a.id, a.name, d.active, d.previous, d.canary, d.canary_percent, d.shadow,"
            + " coalesce(d.generation, 0) AS generation, coalesce(d.revision, 0) AS revision, d.updated_at";
    static final String TABLES = " FROM adapter a LEFT JOIN deployment d ON d.adapter_id = a.id ";

    private static final String SELECT = "SELECT " + COLUMNS + TABLES;

    private final TenantTransactions transactions;

    DeploymentRows(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    Optional<DeploymentState> find(String name) {
        return first("WHERE a.name = ?", name);
    }

    Optional<DeploymentState> find(UUID adapter) {
        return first("WHERE a.id = ?", adapter);
    }

    /** The same, and nobody else changes it until the transaction ends. */
    Optional<DeploymentState> lock(String name) {
        // Apart from the read: in one statement, who has waited for the lock would see the deployment as it was before.
        // First what publishing locks first, too.
        lock("SELECT 1 FROM adapter_numbering WHERE name = ? FOR UPDATE", name);
        lock("SELECT 1 FROM adapter WHERE name = ? FOR UPDATE", name);
        return find(name);
    }

    private void lock(String select, String name) {
        transactions.sql(connection -> Sql.query(connection, select, row -> true, name));
    }

    /** Stores it as the next change, of which every node will hear; answers with its generation in it. */
    DeploymentState change(DeploymentState state) {
        long revision = nextRevision(state.name());
        // Last, as it holds up the changes of all tenants until this is committed.
        DeploymentState changed = state.at(noteChange(state.adapter()), revision);
        String upsert =
                "INSERT INTO deployment (adapter_id, active, previous, canary, canary_percent, shadow, generation,"
                        + " revision)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (adapter_id) DO UPDATE SET active = excluded.active,"
                        + " previous = excluded.previous, canary = excluded.canary, canary_percent = excluded.canary_percent,"
                        + " shadow = excluded.shadow, generation = excluded.generation, revision = excluded.revision, updated_at = now()"
                        + " RETURNING updated_at";
        Instant stored = transactions.sql(connection -> Sql.first(
                        connection,
                        upsert,
                        row -> row.getTimestamp("updated_at").toInstant(),
                        changed.adapter(),
                        changed.active(),
                        changed.previous(),
                        changed.canary(),
                        changed.canaryPercent(),
                        changed.shadow(),
                        changed.generation(),
                        changed.revision())
                .orElseThrow());
        return changed.storedAt(stored);
    }

    /** Counts a change under a name, which may have been another adapter's. */
    private long nextRevision(String name) {
        String count = "INSERT INTO adapter_numbering (name, numbered, changes) VALUES (?, 0, 1)"
                + " ON CONFLICT (tenant_id, name) DO UPDATE SET changes = adapter_numbering.changes + 1"
                + " RETURNING changes";
        return transactions.sql(connection ->
                Sql.first(connection, count, row -> row.getLong(1), name).orElseThrow());
    }

    /** Tells every node to look at an adapter again, once the transaction commits; answers with the generation. */
    long noteChange(UUID adapter) {
        return transactions.sql(
                connection -> Sql.first(connection, "SELECT change_deployment(?)", row -> row.getLong(1), adapter)
                        .orElseThrow());
    }

    /** The last generation of an adapter, be it deleted or not, of those of about a day. */
    Optional<Long> lastChange(UUID adapter) {
        String select =
                "SELECT generation FROM deployment_change WHERE adapter_id = ? ORDER BY generation DESC LIMIT 1";
        return transactions.sql(connection -> Sql.first(connection, select, row -> row.getLong(1), adapter));
    }

    private Optional<DeploymentState> first(String where, Object value) {
        List<DeploymentState> found =
                transactions.sql(connection -> Sql.query(connection, SELECT + where, DeploymentRows::read, value));
        return found.stream().findFirst();
    }

    static DeploymentState read(ResultSet row) throws SQLException {
        Timestamp updatedAt = row.getTimestamp("updated_at");
        return new DeploymentState(
                row.getObject("id", UUID.class),
                row.getString("name"),
                integer(row, "active"),
                integer(row, "previous"),
                integer(row, "canary"),
                integer(row, "canary_percent"),
                integer(row, "shadow"),
                row.getLong("generation"),
                row.getLong("revision"),
                updatedAt == null ? null : updatedAt.toInstant());
    }

    private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Integer.class);
    }
}
