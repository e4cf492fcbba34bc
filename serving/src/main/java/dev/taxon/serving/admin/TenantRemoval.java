package dev.taxon.serving.admin;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/**
 * Deletes what may be gigabytes of a tenant in many short transactions, none of which holds up others or runs into the
 * time that a transaction may take. Thread-safe.
 */
@Singleton
final class TenantRemoval {
    /** Those that refer to others come before them; whatever is not here is small, and goes with the tenant's own row. */
    private static final List<Large> LARGE = List.of(
            new Large("dataset_version_row", "version_id", "dataset_version", 20_000),
            new Large("dataset_row", "dataset_id", "dataset", 5_000),
            new Large("dataset_chunk", "version_id", "dataset_version", 100),
            new Large("adapter_chunk", "version_id", "adapter_version", 100),
            new Large("job_checkpoint_chunk", "job_id", "job", 100),
            new Large("job_result_chunk", "job_id", "job", 100),
            new Large("job_event", "job_id", "job", 20_000),
            new Large("captured_text", "tenant_id", "tenant", 5_000),
            new Large("feedback", "tenant_id", "tenant", 5_000));

    private final TenantTransactions transactions;

    TenantRemoval(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /** Deletes what is large; of a tenant whose keys are used no more. */
    void empty(UUID tenant) {
        LARGE.forEach(large -> empty(tenant, large));
    }

    private void empty(UUID tenant, Large large) {
        while (transactions.sql(tenant, connection -> Sql.update(connection, large.delete())) > 0) {
            // Until nothing is left.
        }
    }

    /**
     * A table with many rows, or large ones. They are found by what they belong to, as that has an index in every table:
     * reading others' rows to find a tenant's would take as long as there are tenants.
     *
     * @param column refers to the owner's id
     * @param owner the table whose rows own these
     * @param most rows to delete at a time
     */
    private record Large(String table, String column, String owner, int most) {
        String delete() {
            return "DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT r.ctid FROM %3$s o JOIN %1$s r ON r.%2$s = o.id LIMIT %4$d))"
                    .formatted(table, column, owner, most);
        }
    }
}
