package dev.taxon.serving.idempotency;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** Keys that were used and what they answered, for a day. Blocks. Thread-safe, also between nodes. */
@Singleton
class IdempotencyStore {
    private static final Duration KEPT = Duration.ofHours(24);

    private final TenantTransactions transactions;
    private final Clock clock = Clock.systemUTC();

    IdempotencyStore(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Claims the key for a call.
     *
     * @param patience how long the call may take; after that its node is taken for dead, and whoever asks may try
     */
    Claim claim(UUID tenant, String key, byte[] requestHash, Duration patience) {
        Instant now = clock.instant();
        return transactions.sql(tenant, connection -> {
            String sweep = "DELETE FROM idempotency WHERE at < ? OR (status IS NULL AND abandoned_at < ?)";
            Sql.update(connection, sweep, Timestamp.from(now.minus(KEPT)), Timestamp.from(now));
            String insert = "INSERT INTO idempotency (key, request_hash, at, abandoned_at) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT DO NOTHING";
            Timestamp abandoned = Timestamp.from(now.plus(patience));
            boolean first = Sql.update(connection, insert, key, requestHash, Timestamp.from(now), abandoned) == 1;
            return first ? new Claim.First() : read(connection, key, requestHash);
        });
    }

    /** Keeps what the call answered. */
    void answer(UUID tenant, String key, StoredAnswer answer) {
        String update =
                "UPDATE idempotency SET status = ?, media_type = ?, body = ?, location = ?, etag = ? WHERE key = ?";
        transactions.sql(
                tenant,
                connection -> Sql.update(
                        connection,
                        update,
                        answer.status(),
                        answer.mediaType(),
                        answer.body(),
                        answer.location(),
                        answer.etag(),
                        key));
    }

    /** Gives the key back: the call created nothing. */
    void release(UUID tenant, String key) {
        String delete = "DELETE FROM idempotency WHERE key = ? AND status IS NULL";
        transactions.sql(tenant, connection -> Sql.update(connection, delete, key));
    }

    private static Claim read(Connection connection, String key, byte[] requestHash) throws SQLException {
        String query = "SELECT request_hash, status, media_type, body, location, etag FROM idempotency WHERE key = ?";
        return Sql.first(connection, query, row -> claim(row, requestHash), key).orElseGet(Claim.UnderWay::new);
    }

    private static Claim claim(ResultSet row, byte[] requestHash) throws SQLException {
        if (!Arrays.equals(row.getBytes("request_hash"), requestHash)) {
            return new Claim.Taken();
        }
        int status = row.getInt("status");
        return row.wasNull()
                ? new Claim.UnderWay()
                : new Claim.Answered(new StoredAnswer(
                        status,
                        row.getString("media_type"),
                        row.getBytes("body"),
                        row.getString("location"),
                        row.getString("etag")));
    }
}
