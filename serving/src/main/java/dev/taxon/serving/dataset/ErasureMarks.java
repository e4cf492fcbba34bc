package dev.taxon.serving.dataset;

import dev.taxon.serving.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Tells adapters that rows which they were trained on are gone, those that went on from such an adapter as well, however many
 * lie between, and whether or not these are still there; and jobs, which tell it to the adapters that they publish. What a job
 * goes on from tells its adapter when that is published, so that nothing counts twice.
 *
 * <p>Jobs come first: one that is publishing holds its row, and its adapter is there for the statement after. Versions that
 * were deleted come last: one that is being deleted holds its row, and what is noted of it is there for the statement after.
 */
final class ErasureMarks {
    private static final String OF_VERSION = "dataset_version_id = ?";
    private static final String OF_ROW =
            "dataset_version_id IN (SELECT version_id FROM dataset_version_row WHERE row_id = ?)";

    /**
     * Versions that learned from such data, and from those, and from those, deleted ones among them; a version goes on from an
     * earlier one.
     */
    private static final String LEARNED = "(WITH RECURSIVE known AS NOT MATERIALIZED ("
            + "SELECT v.id, a.name || '@' || v.number AS reference, v.lineage -> 'request' ->> 'from' AS came_from,"
            + " v.dataset_version_id FROM adapter_version v JOIN adapter a ON a.id = v.adapter_id"
            + " UNION ALL SELECT NULL, name || '@' || number, came_from, dataset_version_id FROM deleted_version),"
            + " learned AS (SELECT id, reference FROM known WHERE %s"
            + " UNION SELECT k.id, k.reference FROM learned l JOIN known k ON k.came_from = l.reference)"
            + " SELECT %s FROM learned)";

    /**
     * Those that nobody has begun are held as well: one that began now would read the rows, and not be told. So are those
     * that go on from a version that is about to be told.
     */
    private static final String JOBS = "UPDATE job SET erased_rows = erased_rows + CASE WHEN attempt > 0 AND NOT"
            + " coalesce(request ->> 'from' IN %1$s, false) THEN ?::bigint ELSE 0 END"
            + " WHERE ended_at IS NULL AND (%2$s OR request ->> 'from' IN %1$s)";

    private static final String ADAPTERS = "UPDATE adapter_version SET erased_rows = erased_rows + ? WHERE id IN %s";
    private static final String DELETED =
            "UPDATE deleted_version SET erased_rows = erased_rows + ? WHERE name || '@' || number IN %s";

    private ErasureMarks() {}

    /** Marks those of a version of which so many rows were erased. */
    static void add(Connection connection, UUID version, long rows) throws SQLException {
        add(connection, OF_VERSION, version, rows);
    }

    /** Marks those of any version that has a row which is about to be erased. */
    static void add(Connection connection, long row) throws SQLException {
        add(connection, OF_ROW, row, 1);
    }

    private static void add(Connection connection, String data, Object key, long rows) throws SQLException {
        String jobs = JOBS.formatted(LEARNED.formatted(data, "reference"), data);
        Sql.update(connection, jobs, key, rows, key, key);
        Sql.update(connection, ADAPTERS.formatted(LEARNED.formatted(data, "id")), rows, key);
        Sql.update(connection, DELETED.formatted(LEARNED.formatted(data, "reference")), rows, key);
    }
}
