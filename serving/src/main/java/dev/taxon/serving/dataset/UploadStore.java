package dev.taxon.serving.dataset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.sdk.wire.DatasetFormat;
import dev.taxon.sdk.wire.DatasetSource;
import dev.taxon.sdk.wire.DatasetVersion;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.audit.Audit;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.idempotency.CreatedAnswers;
import dev.taxon.serving.queue.JobKind;
import dev.taxon.serving.queue.JobQueue;
import dev.taxon.serving.quota.Holdings;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;

/**
 * Files on their way into the database, in transactions of a chunk each: a slow upload holds no connection. Thread-safe.
 */
@Singleton
class UploadStore {
    private final TenantTransactions transactions;
    private final DatasetFinder finder;
    private final JobQueue jobs;
    private final Holdings holdings;
    private final Audit audit;
    private final CreatedAnswers answers;

    UploadStore(
            TenantTransactions transactions,
            DatasetFinder finder,
            JobQueue jobs,
            Holdings holdings,
            Audit audit,
            CreatedAnswers answers) {
        this.transactions = transactions;
        this.finder = finder;
        this.jobs = jobs;
        this.holdings = holdings;
        this.audit = audit;
        this.answers = answers;
    }

    /**
     * Begins an upload to a data set; its version has no number yet, and nobody sees it. What it will take counts for the
     * quota from now on, so that of two that have room for one the second is refused before it is sent.
     *
     * @param announced its length in bytes, 0 where that is not known
     */
    UUID begin(UUID tenant, String dataset, DatasetFormat format, DatasetSource source, long announced) {
        UUID version = UUID.randomUUID();
        String insert = "INSERT INTO dataset_version (id, dataset_id, state, source, format, bytes)"
                + " VALUES (?, ?, 'receiving', ?, ?, ?)";
        transactions.run(tenant, () -> {
            UUID id = finder.require(dataset).id;
            transactions.sql(
                    connection -> Sql.update(connection, insert, version, id, word(source), word(format), announced));
            holdings.requireDatasetBytes(announced);
        });
        return version;
    }

    /**
     * Adds a chunk; a conflict when the data set was deleted meanwhile. Files of which nobody knows the length count as they
     * come, whether or not they are ever finished.
     *
     * @param received bytes of the file so far, this chunk's among them
     */
    void add(UUID tenant, UUID version, int position, byte[] chunk, long received) {
        transactions.run(tenant, () -> {
            boolean more = transactions.sql(connection -> insert(connection, version, position, chunk, received));
            if (more) {
                // Nobody waits here for others who add: ending the upload counts once more, for sure.
                holdings.checkDatasetBytes(0);
            }
        });
    }

    /** Whether the file is longer than was known. */
    private static boolean insert(Connection connection, UUID version, int position, byte[] chunk, long received)
            throws SQLException {
        String update = "UPDATE dataset_version SET touched_at = now(), bytes = greatest(bytes, ?)"
                + " WHERE id = ? AND state = 'receiving' RETURNING bytes";
        long counted = Sql.first(connection, update, row -> row.getLong(1), received, version)
                .orElseThrow(UploadStore::gone);
        String insert = "INSERT INTO dataset_chunk (version_id, position, data) VALUES (?, ?, ?)";
        Sql.update(connection, insert, version, position, chunk);
        return counted == received;
    }

    private static ProblemException gone() {
        return new ProblemException(
                ErrorCode.CONFLICT, "The data set was deleted while the file was on its way. Make it again.");
    }

    /** Ends an upload: the version gets its number, and a job to read it. */
    DatasetVersion finish(UUID tenant, String dataset, UUID version, long bytes, byte[] sha256) {
        return transactions.in(tenant, () -> {
            int number = transactions.sql(connection -> nextNumber(connection, version));
            UUID job = jobs.enqueue(JobKind.IMPORT, request(dataset, number), null, version);
            String update =
                    "UPDATE dataset_version SET state = 'stored', number = ?, bytes = ?, sha256 = ?, import_job = ?"
                            + " WHERE id = ?";
            transactions.sql(connection -> Sql.update(connection, update, number, bytes, sha256, job, version));
            audit.record("dataset.version.create", dataset + "@" + number);
            DatasetVersion made = answers.keep(VersionView.of(dataset, finder.requireVersion(dataset, number)));
            holdings.requireDatasetBytes(bytes);
            return made;
        });
    }

    private static int nextNumber(Connection connection, UUID version) throws SQLException {
        // Locks the data set, so that numbers are given one after the other, and none when this is rolled back.
        String update = "UPDATE dataset d SET numbered = numbered + 1 FROM dataset_version v"
                + " WHERE v.id = ? AND d.id = v.dataset_id RETURNING d.numbered";
        return Sql.first(connection, update, row -> row.getInt(1), version).orElseThrow(UploadStore::gone);
    }

    private static ObjectNode request(String dataset, int number) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", JobKind.IMPORT.word())
                .put("dataset", dataset)
                .put("version", number);
    }

    /** Takes away all of an upload that was not finished. */
    void abandon(UUID tenant, UUID version) {
        String delete = "DELETE FROM dataset_version WHERE id = ? AND state = 'receiving'";
        transactions.sql(tenant, connection -> Sql.update(connection, delete, version));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
