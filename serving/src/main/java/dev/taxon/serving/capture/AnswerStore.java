package dev.taxon.serving.capture;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Answers that are kept. Thread-safe. */
@Singleton
public final class AnswerStore {
    /** Callers may use a request id again; people judge what they saw last. */
    private static final String INSERT =
            "INSERT INTO captured_text (request_id, index, text, labels, predicted, adapter, version)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (tenant_id, request_id, index) DO UPDATE SET"
                    + " text = excluded.text, labels = excluded.labels, predicted = excluded.predicted,"
                    + " adapter = excluded.adapter, version = excluded.version, at = now()";

    private static final String SELECT = "SELECT request_id, index, text, labels, predicted, adapter, version"
            + " FROM captured_text WHERE request_id = ? AND index = ?";

    private final TenantTransactions transactions;

    AnswerStore(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    void add(UUID tenant, List<CapturedAnswer> answers) {
        transactions.sql(tenant, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                for (CapturedAnswer answer : answers) {
                    add(connection, statement, answer);
                }
                return statement.executeBatch();
            }
        });
    }

    private static void add(Connection connection, PreparedStatement statement, CapturedAnswer answer)
            throws SQLException {
        statement.setString(1, answer.requestId());
        statement.setInt(2, answer.index());
        statement.setString(3, answer.text());
        statement.setArray(4, connection.createArrayOf("text", answer.offered().toArray()));
        statement.setArray(
                5, connection.createArrayOf("text", answer.predicted().toArray()));
        statement.setString(6, answer.adapter());
        statement.setObject(7, answer.version());
        statement.addBatch();
    }

    /** What was kept of a result; in a transaction of its own. */
    public Optional<CapturedAnswer> find(UUID tenant, String requestId, int index) {
        return transactions.sql(
                tenant, connection -> Sql.first(connection, SELECT, AnswerStore::read, requestId, index));
    }

    private static CapturedAnswer read(ResultSet row) throws SQLException {
        return new CapturedAnswer(
                row.getString("request_id"),
                row.getInt("index"),
                row.getString("text"),
                List.of((String[]) row.getArray("labels").getArray()),
                List.of((String[]) row.getArray("predicted").getArray()),
                row.getString("adapter"),
                row.getObject("version", Integer.class));
    }
}
