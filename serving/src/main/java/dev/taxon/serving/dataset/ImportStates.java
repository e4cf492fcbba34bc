package dev.taxon.serving.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.taxon.sdk.wire.DatasetFormat;
import dev.taxon.sdk.wire.DatasetReport;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The way of a version from stored to ready or refused. Whoever comes second changes nothing. Thread-safe. */
@Singleton
class ImportStates {
    private final TenantTransactions transactions;

    ImportStates(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /** What a worker finds. */
    sealed interface Found {
        /** A file to read. */
        record Waiting(ImportedVersion version) implements Found {}

        /** An import that has ended before. */
        record Ended(ImportOutcome outcome) implements Found {}
    }

    /** Begins an import, or begins it again. */
    Found begin(UUID tenant, UUID version) {
        return transactions.sql(tenant, connection -> {
            Sql.update(
                    connection,
                    "UPDATE dataset_version SET state = 'importing' WHERE id = ? AND state = 'stored'",
                    version);
            String select = "SELECT state, format, sha256, row_count, problem FROM dataset_version WHERE id = ?";
            return Sql.first(connection, select, row -> found(tenant, version, row), version)
                    .orElseGet(() -> refused(Problem.of(ErrorCode.NOT_FOUND, "The version was deleted.")));
        });
    }

    private static Found found(UUID tenant, UUID version, ResultSet row) throws SQLException {
        return switch (row.getString("state")) {
            case "importing" -> {
                DatasetFormat format =
                        DatasetFormat.valueOf(row.getString("format").toUpperCase(Locale.ROOT));
                String sha256 = HexFormat.of().formatHex(row.getBytes("sha256"));
                yield new Found.Waiting(new ImportedVersion(tenant, version, format, sha256));
            }
            case "ready" -> new Found.Ended(new ImportOutcome.Ready(row.getLong("row_count")));
            case "refused" -> refused(problem(row.getString("problem")));
            default -> throw new IllegalStateException("A version is imported whose file is not there.");
        };
    }

    private static Found refused(Problem problem) {
        return new Found.Ended(new ImportOutcome.Refused(problem));
    }

    private static Problem problem(String json) {
        try {
            return WireJson.read(json, Problem.class);
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException("A stored problem cannot be read.", notOurs);
        }
    }

    /** All rows are there; what the version has come to, which somebody else may have brought about before. */
    ImportOutcome ready(ImportedVersion version, long rows, DatasetReport report) {
        return end(version, "ready", rows, WireJson.string(report), null);
    }

    /** The file cannot be used; what the version has come to, which somebody else may have brought about before. */
    ImportOutcome refused(ImportedVersion version, @Nullable DatasetReport report, Problem problem) {
        return end(version, "refused", null, report == null ? null : WireJson.string(report), WireJson.string(problem));
    }

    private ImportOutcome end(
            ImportedVersion version,
            String state,
            @Nullable Long rows,
            @Nullable String report,
            @Nullable String problem) {
        String update = "UPDATE dataset_version SET state = ?, row_count = ?, report = ?::jsonb, problem = ?::jsonb"
                + " WHERE id = ? AND state = 'importing'";
        transactions.sql(version.tenant(), connection -> {
            int ended = Sql.update(connection, update, state, rows, report, problem, version.id());
            return ended == 1 && deleteChunks(connection, version.id());
        });
        return outcome(version);
    }

    /** What a version has come to whose import has ended. */
    ImportOutcome outcome(ImportedVersion version) {
        if (begin(version.tenant(), version.id()) instanceof Found.Ended ended) {
            return ended.outcome();
        }
        throw new IllegalStateException("The import has not ended.");
    }

    private static boolean deleteChunks(Connection connection, UUID version) throws SQLException {
        return Sql.update(connection, "DELETE FROM dataset_chunk WHERE version_id = ?", version) > 0;
    }
}
