package dev.taxon.serving.adapter;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Deletes versions, and knows of those that are gone what must outlast them: what they came from, for the sake of those that
 * went on from them. Inside the caller's tenant transaction. Thread-safe.
 */
@Singleton
public final class DeletedVersions {
    /** In one statement, so that it notes what an erasure has marked that it had to wait for. */
    private static final String DELETE = "WITH gone AS (DELETE FROM adapter_version WHERE %s = ? RETURNING adapter_id,"
            + " number, lineage -> 'request' ->> 'from' AS came_from, dataset_version_id, erased_rows)"
            + " INSERT INTO deleted_version (name, number, adapter_id, came_from, dataset_version_id, erased_rows)"
            + " SELECT a.name, g.number, g.adapter_id, g.came_from, g.dataset_version_id, g.erased_rows"
            + " FROM gone g JOIN adapter a ON a.id = g.adapter_id";

    private final TenantTransactions transactions;

    DeletedVersions(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /** Deletes one version. */
    public void version(UUID version) {
        transactions.sql(connection -> Sql.update(connection, DELETE.formatted("id"), version));
    }

    /** Deletes an adapter with all its versions. */
    public void adapter(UUID adapter) {
        transactions.sql(connection -> Sql.update(connection, DELETE.formatted("adapter_id"), adapter));
        transactions.sql(connection -> Sql.update(connection, "DELETE FROM adapter WHERE id = ?", adapter));
    }

    /** The id of the adapter that bore a name last, of which a version was deleted; itself it may be there or not. */
    public Optional<UUID> lastOf(String name) {
        String select = "SELECT adapter_id FROM deleted_version WHERE name = ? ORDER BY number DESC LIMIT 1";
        return first(select, name);
    }

    /** The id of the adapter that a version was one of which was deleted. */
    public Optional<UUID> adapterOf(String name, int number) {
        return first("SELECT adapter_id FROM deleted_version WHERE name = ? AND number = ?", name, number);
    }

    /**
     * What is left of a version of which others may know more.
     *
     * @param from the version that it went on from; null where it went on from none
     * @param datasetVersion what it was trained on; null where that is gone, or the version was imported
     */
    public record Origin(@Nullable String from, @Nullable UUID datasetVersion) {}

    /** Where a version came from that was deleted. */
    public Optional<Origin> origin(String name, int number) {
        return transactions.sql(connection -> Sql.first(
                connection,
                "SELECT came_from, dataset_version_id FROM deleted_version WHERE name = ? AND number = ?",
                row -> new Origin(row.getString(1), row.getObject(2, UUID.class)),
                name,
                number));
    }

    private Optional<UUID> first(String select, Object... values) {
        return transactions.sql(
                connection -> Sql.first(connection, select, row -> row.getObject(1, UUID.class), values));
    }
}
