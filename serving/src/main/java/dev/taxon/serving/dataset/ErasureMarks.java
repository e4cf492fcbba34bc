package dev.taxon.serving.dataset;

import dev.taxon.serving.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Tells adapters that rows which they were trained on are gone, and jobs, which tell it to the adapters that they publish.
 *
 * <p>Jobs come first: one that is publishing holds its row, and its adapter is there for the statement after.
 */
final class ErasureMarks {
    /** Those that nobody has begun are held as well: one that began now would read the rows, and not be told. */
    private static final String JOBS =
            "UPDATE job SET erased_rows = erased_rows + CASE WHEN attempt > 0 THEN ?::bigint ELSE 0 END"
                    + " WHERE ended_at IS NULL AND dataset_version_id ";

    private static final String ADAPTERS =
            "UPDATE adapter_version SET erased_rows = erased_rows + ? WHERE dataset_version_id ";
    private static final String OF_ROW = "IN (SELECT version_id FROM dataset_version_row WHERE row_id = ?)";

    private ErasureMarks() {}

    /** Marks those of a version of which so many rows were erased. */
    static void add(Connection connection, UUID version, long rows) throws SQLException {
        Sql.update(connection, JOBS + "= ?", rows, version);
        Sql.update(connection, ADAPTERS + "= ?", rows, version);
    }

    /** Marks those of any version that has a row which is about to be erased. */
    static void add(Connection connection, long row) throws SQLException {
        Sql.update(connection, JOBS + OF_ROW, 1, row);
        Sql.update(connection, ADAPTERS + OF_ROW, 1, row);
    }
}
