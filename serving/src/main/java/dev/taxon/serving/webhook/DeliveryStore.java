package dev.taxon.serving.webhook;

import dev.taxon.serving.database.AcrossTenants;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Deliveries as the database has them. Blocks. Thread-safe, also between nodes. */
@Singleton
class DeliveryStore {
    /** Longer than an attempt ever takes: a node that dies meanwhile leaves the delivery to the others. */
    private static final String CLAIM = "UPDATE webhook_delivery d SET attempts = attempts + 1,"
            + " due_at = now() + make_interval(secs => 60) FROM webhook w"
            + " WHERE d.id = ? AND d.webhook_id = w.id AND d.ended_at IS NULL AND d.due_at <= now()"
            + " RETURNING d.attempts, w.url, w.secret, d.event::text AS event, d.created_at, now() AS claimed_at";

    private final AcrossTenants across;
    private final TenantTransactions transactions;

    DeliveryStore(AcrossTenants across, TenantTransactions transactions) {
        this.across = across;
        this.transactions = transactions;
    }

    /** What is due: so many deliveries, so many of them one tenant's. */
    List<Due> due(int most, int mostOfATenant) {
        String query = "SELECT tenant_id, delivery_id FROM due_deliveries(?, ?)";
        return across.query(
                query, row -> new Due(row.getObject(1, UUID.class), row.getObject(2, UUID.class)), most, mostOfATenant);
    }

    /** Takes a delivery for one attempt; empty when another node was faster. */
    Optional<Delivery> claim(Due due) {
        return transactions.sql(
                due.tenant(), connection -> Sql.first(connection, CLAIM, row -> delivery(due, row), due.id()));
    }

    /** Has it tried again after this pause. */
    void postpone(Delivery delivery, Duration pause, String outcome) {
        String update = "UPDATE webhook_delivery SET due_at = now() + make_interval(secs => ?), outcome = ?"
                + " WHERE id = ? AND attempts = ?";
        transactions.sql(
                delivery.tenant(),
                connection -> Sql.update(
                        connection, update, (double) pause.toSeconds(), outcome, delivery.id(), delivery.attempt()));
    }

    /** Is done with it. */
    void end(Delivery delivery, String outcome) {
        String update = "UPDATE webhook_delivery SET ended_at = now(), outcome = ? WHERE id = ?";
        transactions.sql(delivery.tenant(), connection -> Sql.update(connection, update, outcome, delivery.id()));
    }

    private static Delivery delivery(Due due, ResultSet row) throws SQLException {
        return new Delivery(
                due.tenant(),
                due.id(),
                row.getInt("attempts"),
                row.getString("url"),
                row.getBytes("secret"),
                row.getString("event").getBytes(StandardCharsets.UTF_8),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("claimed_at").toInstant());
    }

    /** A delivery that is due, and whose it is. */
    record Due(UUID tenant, UUID id) {}
}
