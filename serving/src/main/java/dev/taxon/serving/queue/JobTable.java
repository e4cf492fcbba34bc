package dev.taxon.serving.queue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads rows of {@code job}. */
final class JobTable {
    /** Texts that a request may carry stay where they are: jobs are shown and listed without. */
    private static final String SELECT =
            "SELECT id, kind, state, request - 'texts' AS request, adapter, dataset_version_id, attempt, progress,"
                    + " estimate, problem, result, checkpoint_step, created_at, started_at, ended_at FROM job ";

    private static final String PAGE = SELECT
            + "WHERE (?::text IS NULL OR state = ?) AND (?::uuid IS NULL OR (created_at, id) <"
            + " (SELECT last.created_at, last.id FROM job last WHERE last.id = ?))"
            + " ORDER BY created_at DESC, id DESC LIMIT ?";

    private JobTable() {}

    static Optional<JobRecord> find(Connection connection, UUID job) throws SQLException {
        return Sql.first(connection, SELECT + "WHERE id = ?", JobTable::row, job);
    }

    /** The job with all that was asked for. */
    static Optional<JobRecord> whole(Connection connection, UUID job) throws SQLException {
        String select = SELECT.replace("request - 'texts' AS request", "request");
        return Sql.first(connection, select + "WHERE id = ?", JobTable::row, job);
    }

    /** The row, which stays as it is until the transaction ends. */
    static Optional<JobRecord> lock(Connection connection, UUID job) throws SQLException {
        return Sql.first(connection, SELECT + "WHERE id = ? FOR UPDATE", JobTable::row, job);
    }

    /** The newest first, up to {@code most} of those before {@code after}. */
    static List<JobRecord> page(Connection connection, @Nullable String state, @Nullable UUID after, int most)
            throws SQLException {
        return Sql.query(connection, PAGE, JobTable::row, state, state, after, after, most);
    }

    private static JobRecord row(ResultSet row) throws SQLException {
        return new JobRecord(
                row.getObject("id", UUID.class),
                JobKind.of(row.getString("kind")),
                row.getString("state"),
                EventTable.tree(row.getString("request")),
                row.getString("adapter"),
                row.getObject("dataset_version_id", UUID.class),
                row.getInt("attempt"),
                tree(row, "progress"),
                tree(row, "estimate"),
                tree(row, "problem"),
                tree(row, "result"),
                row.getObject("checkpoint_step", Long.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                moment(row, "started_at"),
                moment(row, "ended_at"));
    }

    private static @Nullable JsonNode tree(ResultSet row, String column) throws SQLException {
        String json = row.getString(column);
        return json == null ? null : EventTable.tree(json);
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
