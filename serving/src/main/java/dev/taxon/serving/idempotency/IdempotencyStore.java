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
            // Only who asks for the same finds a call dead: one that is merely slow loses nothing by others' calls.
            String sweep =
                    "DELETE FROM idempotency" + " WHERE at < ? OR (key = ? AND status IS NULL AND abandoned_at < ?)";
            Sql.update(connection, sweep, Timestamp.from(now.minus(KEPT)), key, Timestamp.from(now));
            String insert = "INSERT INTO idempotency (key, claim, request_hash, at, abandoned_at)"
                    + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
            UUID claim = UUID.randomUUID();
            Timestamp abandoned = Timestamp.from(now.plus(patience));
            int claimed = Sql.update(connection, insert, key, claim, requestHash, Timestamp.from(now), abandoned);
            return claimed == 1 ? new Claim.First(claim) : read(connection, key, requestHash);
        });
    }

    /** Keeps what the call answered, unless what it created has brought its answer along. */
    void answer(ClaimedKey claimed, StoredAnswer answer) {
        transactions.sql(claimed.tenant(), connection -> write(connection, claimed, answer));
    }

    /**
     * Keeps what the call will answer, in the transaction that the thread is in.
     *
     * @return false when the key is no longer the call's, which must not go on then
     */
    boolean answerWithin(ClaimedKey claimed, StoredAnswer answer) {
        return transactions.sql(connection -> write(connection, claimed, answer)) == 1;
    }

    private static int write(Connection connection, ClaimedKey claimed, StoredAnswer answer) throws SQLException {
        String update = "UPDATE idempotency SET status = ?, media_type = ?, body = ?, location = ?, etag = ?"
                + " WHERE key = ? AND claim = ? AND status IS NULL";
        return Sql.update(
                connection,
                update,
                answer.status(),
                answer.mediaType(),
                answer.body(),
                answer.location(),
                answer.etag(),
                claimed.key(),
                claimed.claim());
    }

    /** Gives the key back, unless the call has created something. */
    void release(ClaimedKey claimed) {
        String delete = "DELETE FROM idempotency WHERE key = ? AND claim = ? AND status IS NULL";
        transactions.sql(
                claimed.tenant(), connection -> Sql.update(connection, delete, claimed.key(), claimed.claim()));
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
