package dev.taxon.serving.export;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What an export is made of, a piece at a time: each piece is read in a short transaction of its own, so that a slow
 * reader holds no connection, and what is deleted meanwhile is not exported. Thread-safe.
 */
@Singleton
class ExportRows {
    /** Lines of a piece; each holds a text of up to a million characters. */
    private static final int LINES = 100;

    private static final String ROWS =
            "SELECT v.position, json_build_object('text', r.text, 'true_labels', r.true_labels,"
                    + " 'all_labels', r.all_labels)::text FROM dataset_version_row v JOIN dataset_row r ON r.id = v.row_id"
                    + " WHERE v.version_id = ? AND v.position > ? ORDER BY v.position LIMIT " + LINES;

    private static final String FEEDBACK = "SELECT id, json_strip_nulls(json_build_object('request_id', request_id,"
            + " 'index', index, 'verdict', verdict, 'text', text, 'labels', labels, 'predicted', predicted,"
            + " 'offered', offered, 'adapter', adapter, 'version', version, 'at', at))::text"
            + " FROM feedback WHERE id > ? ORDER BY id LIMIT " + LINES;

    private final TenantTransactions transactions;

    ExportRows(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /** A version of a data set or adapter. */
    record Version(UUID id, String name, int number) {}

    /** A piece of a file, and where it stands in it. */
    record Chunk(int position, byte[] data) {}

    /** One JSON document, and what comes after it is asked for with. */
    record Line<M>(M mark, String json) {}

    /** The versions whose rows can be used. */
    List<Version> datasets(UUID tenant) {
        return versions(
                tenant,
                "SELECT v.id, d.name, v.number FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id"
                        + " WHERE v.state = 'ready' ORDER BY d.name, v.number");
    }

    List<Version> adapters(UUID tenant) {
        return versions(
                tenant,
                "SELECT v.id, a.name, v.number FROM adapter_version v JOIN adapter a ON a.id = v.adapter_id"
                        + " ORDER BY a.name, v.number");
    }

    List<Line<Long>> rows(UUID tenant, UUID version, long after) {
        return transactions.sql(
                tenant,
                connection -> Sql.query(
                        connection, ROWS, row -> new Line<>(row.getLong(1), row.getString(2)), version, after));
    }

    /** The files that a version has. */
    List<String> files(UUID tenant, UUID version) {
        String query = "SELECT DISTINCT file FROM adapter_chunk WHERE version_id = ? ORDER BY file";
        return transactions.sql(tenant, connection -> Sql.query(connection, query, row -> row.getString(1), version));
    }

    /** The next piece of a file; empty at its end. */
    Optional<Chunk> chunk(UUID tenant, UUID version, String file, int after) {
        String query = "SELECT position, data FROM adapter_chunk WHERE version_id = ? AND file = ? AND position > ?"
                + " ORDER BY position LIMIT 1";
        return transactions.sql(
                tenant,
                connection -> Sql.first(
                        connection, query, row -> new Chunk(row.getInt(1), row.getBytes(2)), version, file, after));
    }

    List<Line<UUID>> feedback(UUID tenant, UUID after) {
        return transactions.sql(
                tenant,
                connection -> Sql.query(
                        connection,
                        FEEDBACK,
                        row -> new Line<>(row.getObject(1, UUID.class), row.getString(2)),
                        after));
    }

    private List<Version> versions(UUID tenant, String query) {
        return transactions.sql(
                tenant,
                connection -> Sql.query(
                        connection,
                        query,
                        row -> new Version(row.getObject(1, UUID.class), row.getString(2), row.getInt(3))));
    }
}
