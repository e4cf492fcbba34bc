package dev.taxon.serving.dataset;

import dev.taxon.serving.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** Tells adapters that rows which they were trained on are gone. */
final class ErasureMarks {
    private ErasureMarks() {}

    /** Marks those trained on a version of which so many rows were erased. */
    static void add(Connection connection, UUID version, long rows) throws SQLException {
        String update = "UPDATE adapter_version SET erased_rows = erased_rows + ? WHERE dataset_version_id = ?";
        Sql.update(connection, update, rows, version);
    }

    /** Marks those trained on any version that has a row which is about to be erased. */
    static void add(Connection connection, long row) throws SQLException {
        String update = "UPDATE adapter_version SET erased_rows = erased_rows + 1 WHERE dataset_version_id IN"
                + " (SELECT version_id FROM dataset_version_row WHERE row_id = ?)";
        Sql.update(connection, update, row);
    }
}
