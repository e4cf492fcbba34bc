package dev.taxon.serving.dataset;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.CurrentDeadline;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Takes the rows of a version away, and those of them that no other version has from the data set, in transactions of so
 * many rows each that none lasts. Thread-safe.
 */
@Singleton
class RowRemoval {
    private static final int ROWS_A_TRANSACTION = 20_000;

    private static final String REMOVE = "WITH gone AS (DELETE FROM dataset_version_row WHERE ctid = ANY (ARRAY("
            + "SELECT ctid FROM dataset_version_row WHERE version_id = ? ORDER BY position LIMIT ?))"
            + " RETURNING row_id), erased AS (DELETE FROM dataset_row r USING gone WHERE r.id = gone.row_id"
            + " AND NOT EXISTS (SELECT 1 FROM dataset_version_row o WHERE o.row_id = r.id AND o.version_id <> ?)"
            + " RETURNING r.id)"
            + " SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM erased)";

    private final TenantTransactions transactions;

    private final CurrentDeadline deadline;

    RowRemoval(TenantTransactions transactions, CurrentDeadline deadline) {
        this.transactions = transactions;
        this.deadline = deadline;
    }

    /** Until nothing is left, or the deadline of the call that the thread answers has passed. */
    void of(UUID tenant, UUID version) {
        do {
            deadline.check();
        } while (transactions.sql(tenant, connection -> removeSome(connection, version)));
    }

    /** One transaction's share of a removal: whether there was something to remove. */
    static boolean removeSome(Connection connection, UUID version) throws SQLException {
        lockDataset(connection, version);
        long[] counts = Sql.first(
                        connection,
                        REMOVE,
                        row -> new long[] {row.getLong(1), row.getLong(2)},
                        version,
                        ROWS_A_TRANSACTION,
                        version)
                .orElseThrow();
        ErasureMarks.add(connection, version, counts[1]);
        return counts[0] > 0;
    }

    /** So that no import takes up a row again that is about to go. */
    private static void lockDataset(Connection connection, UUID version) throws SQLException {
        String lock = "SELECT d.id FROM dataset d JOIN dataset_version v ON v.dataset_id = d.id WHERE v.id = ?"
                + " FOR UPDATE OF d";
        Sql.first(connection, lock, row -> true, version);
    }
}
