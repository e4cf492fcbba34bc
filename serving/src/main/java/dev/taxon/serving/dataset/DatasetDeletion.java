package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.audit.Audit;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.ProblemException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Deletes data sets, versions and single rows. What is deleted can be used no more from the first transaction on; a
 * deletion that broke off is ended by asking for it again. Thread-safe.
 */
@Singleton
final class DatasetDeletion {
    private final TenantTransactions transactions;
    private final DatasetFinder finder;
    private final RowRemoval removal;
    private final Audit audit;

    DatasetDeletion(TenantTransactions transactions, DatasetFinder finder, RowRemoval removal, Audit audit) {
        this.transactions = transactions;
        this.finder = finder;
        this.removal = removal;
        this.audit = audit;
    }

    void dataset(UUID tenant, String name) {
        UUID dataset = begin(tenant, () -> finder.require(name).id, "dataset_id", "dataset.delete", name);
        for (UUID version : transactions.sql(tenant, connection -> versions(connection, dataset))) {
            removal.of(tenant, version);
        }
        end(tenant, "DELETE FROM dataset WHERE id = ?", dataset);
    }

    private static List<UUID> versions(Connection connection, UUID dataset) throws SQLException {
        String select = "SELECT id FROM dataset_version WHERE dataset_id = ?";
        return Sql.query(connection, select, row -> row.getObject(1, UUID.class), dataset);
    }

    void version(UUID tenant, String name, int number) {
        UUID version = begin(
                tenant,
                () -> finder.requireVersion(name, number).id,
                "id",
                "dataset.version.delete",
                name + "@" + number);
        removal.of(tenant, version);
        end(tenant, "DELETE FROM dataset_version WHERE id = ?", version);
    }

    /** From here on it is unusable, which is when the audit has to tell who wanted that, whatever interrupts the rest. */
    private UUID begin(UUID tenant, Supplier<UUID> find, String column, String action, String subject) {
        return transactions.in(tenant, () -> {
            UUID id = find.get();
            transactions.sql(connection -> close(connection, column, id));
            audit.record(action, subject);
            return id;
        });
    }

    private void end(UUID tenant, String delete, UUID id) {
        transactions.sql(tenant, connection -> Sql.update(connection, delete, id));
    }

    /** Nobody may begin to use what is about to go, nor an import go on. */
    private static int close(Connection connection, String column, UUID id) throws SQLException {
        Problem problem = Problem.of(ErrorCode.CONFLICT, "The version is being deleted.");
        String update = "UPDATE dataset_version SET state = 'refused', problem = ?::jsonb"
                + " WHERE state <> 'receiving' AND " + column + " = ?";
        return Sql.update(connection, update, WireJson.string(problem), id);
    }

    /** Erases a row from every version that has it, and marks the adapters that were trained on these. */
    void row(UUID tenant, String name, String rowId) {
        transactions.run(tenant, () -> {
            UUID dataset = finder.require(name).id;
            long row = RowIds.of(dataset).read(rowId).orElseThrow(DatasetDeletion::noRow);
            transactions.sql(connection -> erase(connection, dataset, row));
            audit.record("dataset.row.erase", name + "/" + rowId);
        });
    }

    private static boolean erase(Connection connection, UUID dataset, long row) throws SQLException {
        Sql.first(connection, "SELECT id FROM dataset WHERE id = ? FOR UPDATE", found -> true, dataset);
        String select = "SELECT id FROM dataset_row WHERE id = ? AND dataset_id = ?";
        if (Sql.first(connection, select, found -> true, row, dataset).isEmpty()) {
            throw noRow();
        }
        requireNoneUnread(connection, dataset);
        ErasureMarks.add(connection, row);
        String count =
                "UPDATE dataset_version v SET row_count = row_count - c.times FROM (SELECT version_id, count(*) times"
                        + " FROM dataset_version_row WHERE row_id = ? GROUP BY version_id) c WHERE v.id = c.version_id";
        Sql.update(connection, count, row);
        return Sql.update(connection, "DELETE FROM dataset_row WHERE id = ?", row) == 1;
    }

    /** A file that is still to be read may hold the row again. */
    private static void requireNoneUnread(Connection connection, UUID dataset) throws SQLException {
        String select = "SELECT id FROM dataset_version WHERE dataset_id = ? AND state IN ('stored', 'importing')";
        if (Sql.first(connection, select, found -> true, dataset).isPresent()) {
            throw ProblemException.untilLater(
                    "A version of the data set is being read and may hold the row, too. Try again when it is ready, or"
                            + " delete it.");
        }
    }

    private static ProblemException noRow() {
        return new ProblemException(
                ErrorCode.NOT_FOUND, "The data set has no such row; the rows of its versions name their ids.");
    }
}
