package dev.taxon.serving.dataset;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * Stores rows of a file with {@code COPY}, in one transaction. A row that the data set has already is only referred to, and
 * doing the same batch again changes nothing: so a second worker may begin an import anew whose first one died, or lives.
 */
final class RowBatch {
    private static final String INCOMING = "CREATE TEMPORARY TABLE incoming (position bigint, digest bytea, text text,"
            + " true_labels text[], all_labels text[]) ON COMMIT DROP";
    private static final String ROWS = "INSERT INTO dataset_row (dataset_id, digest, text, true_labels, all_labels)"
            + " SELECT DISTINCT ON (digest) ?::uuid, digest, text, true_labels, all_labels FROM incoming"
            + " ON CONFLICT (dataset_id, digest) DO NOTHING";
    private static final String PLACES = "INSERT INTO dataset_version_row (version_id, position, row_id)"
            + " SELECT ?::uuid, i.position, r.id FROM incoming i CROSS JOIN LATERAL"
            + " (SELECT id FROM dataset_row WHERE dataset_id = ? AND digest = i.digest LIMIT 1) r ON CONFLICT DO NOTHING";

    private RowBatch() {}

    /** Stores the rows, or does nothing where the version is no longer to be read: it answers with false. */
    static boolean store(TenantTransactions transactions, ImportedVersion version, byte[] rows) {
        return transactions.sql(version.tenant(), connection -> {
            Optional<UUID> dataset = lock(connection, version.id());
            if (dataset.isPresent()) {
                store(connection, dataset.get(), version.id(), rows);
            }
            return dataset.isPresent();
        });
    }

    /** One batch of a data set at a time, and none beside a deletion. */
    private static Optional<UUID> lock(Connection connection, UUID version) throws SQLException {
        String lock = "SELECT d.id FROM dataset d JOIN dataset_version v ON v.dataset_id = d.id"
                + " WHERE v.id = ? AND v.state = 'importing' FOR UPDATE OF d";
        return Sql.first(connection, lock, row -> row.getObject(1, UUID.class), version);
    }

    private static void store(Connection connection, UUID dataset, UUID version, byte[] rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(INCOMING);
        }
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY incoming FROM STDIN", new ByteArrayInputStream(rows));
        } catch (IOException impossible) {
            throw new UncheckedIOException("Bytes in memory could not be read.", impossible);
        }
        Sql.update(connection, ROWS, dataset);
        Sql.update(connection, PLACES, version, dataset);
    }
}
