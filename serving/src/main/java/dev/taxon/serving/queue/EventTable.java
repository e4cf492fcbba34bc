package dev.taxon.serving.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.taxon.sdk.wire.WireJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
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
        try (PreparedStatement statement = Sql.prepare(connection, AFTER, job, number, most);
                ResultSet rows = statement.executeQuery()) {
            List<StoredEvent> events = new ArrayList<>();
            while (rows.next()) {
                events.add(new StoredEvent(
                        rows.getInt(1),
                        rows.getString(2),
                        tree(rows.getString(3)),
                        rows.getObject(4, OffsetDateTime.class).toInstant()));
            }
            return events;
        }
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
