package dev.taxon.serving.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Rows of {@code job_event}, numbered a job without gaps. */
final class EventTable {
    private static final JsonMapper JSON = WireJson.newMapper();
    private static final String APPEND =
            "WITH numbered AS (UPDATE job SET events = events + 1 WHERE id = ? RETURNING events)"
                    + " INSERT INTO job_event (job_id, number, kind, data) SELECT ?, events, ?, ?::jsonb FROM numbered";
    private static final String AFTER =
            "SELECT number, kind, data, at FROM job_event WHERE job_id = ? AND number > ? ORDER BY number LIMIT ?";

    private EventTable() {}

    static void append(Connection connection, UUID job, String kind, JsonNode data) throws SQLException {
        Sql.update(connection, APPEND, job, job, kind, data.toString());
    }

    static List<StoredEvent> after(Connection connection, UUID job, int number, int most) throws SQLException {
        return Sql.query(connection, AFTER, EventTable::event, job, number, most);
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getInt(1),
                row.getString(2),
                tree(row.getString(3)),
                row.getObject(4, OffsetDateTime.class).toInstant());
    }

    /** What the database holds as JSON. */
    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the database holds only JSON in its columns of JSON", impossible);
        }
    }
}
