package dev.taxon.serving.webhook;

import dev.taxon.sdk.wire.Page;
import dev.taxon.sdk.wire.Webhook;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.PageRequest;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Webhooks as the database has them; every method in the caller's transaction as their tenant. Thread-safe. */
@Singleton
class WebhookStore {
    private static final String SELECT = "SELECT id, url, created_at FROM webhook";

    private final TenantTransactions transactions;

    WebhookStore(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    void insert(UUID id, String url, byte[] secret) {
        String insert = "INSERT INTO webhook (id, url, secret) VALUES (?, ?, ?)";
        transactions.sql(connection -> Sql.update(connection, insert, id, url, secret));
    }

    Optional<Webhook> find(UUID id) {
        return transactions.sql(
                connection -> Sql.first(connection, SELECT + " WHERE id = ?", WebhookStore::webhook, id));
    }

    Page<Webhook> page(PageRequest request) {
        String query = SELECT + " WHERE id::text > ? ORDER BY id::text LIMIT ?";
        String known = request.after() == null ? "" : request.after();
        return request.page(
                transactions.sql(
                        connection -> Sql.query(connection, query, WebhookStore::webhook, known, request.limit() + 1)),
                Webhook::id);
    }

    /** How many there are; waits for the tenant's other transactions that have counted, and sees what they have added. */
    long countAlone() {
        // Apart from the count: in one statement, it would not see what was committed while this one waited.
        transactions.sql(connection -> Sql.query(
                connection, "SELECT 1 FROM tenant WHERE id = current_tenant() FOR NO KEY UPDATE", row -> true));
        return transactions
                .sql(connection -> Sql.first(connection, "SELECT count(*) FROM webhook", row -> row.getLong(1)))
                .orElse(0L);
    }

    boolean delete(UUID id) {
        return transactions.sql(connection -> Sql.update(connection, "DELETE FROM webhook WHERE id = ?", id)) == 1;
    }

    private static Webhook webhook(ResultSet row) throws SQLException {
        return new Webhook(
                row.getString("id"),
                row.getString("url"),
                row.getTimestamp("created_at").toInstant(),
                null);
    }
}
