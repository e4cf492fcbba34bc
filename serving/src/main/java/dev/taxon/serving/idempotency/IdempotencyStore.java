package dev.taxon.serving.idempotency;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Keys that were used and what they answered, for a day as the database counts it: a node whose clock is wrong must not
 * forget what was done. Blocks. Thread-safe, also between nodes.
 */
@Singleton
class IdempotencyStore {
    static final Duration KEPT = Duration.ofHours(24);

    /** Takes a key that is free, or whose call has changed something and is dead: then the same call goes on after that. */
    private static final String CLAIM = "INSERT INTO idempotency AS known (key, claim, request_hash, at, abandoned_at)"
            + " VALUES (?, ?, ?, now(), now() + make_interval(secs => ?)) ON CONFLICT (tenant_id, key) DO UPDATE SET claim = excluded.claim,"
            + " abandoned_at = excluded.abandoned_at WHERE known.status IS NULL AND known.done IS NOT NULL"
            + " AND known.abandoned_at < now() AND known.request_hash = excluded.request_hash RETURNING done";

    /** As long as the call has the key, and has not answered. */
    private static final String OWN = " WHERE key = ? AND claim = ? AND status IS NULL";

    private final TenantTransactions transactions;

    IdempotencyStore(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Claims the key for a call.
     *
     * @param patience how long the call may take; after that its node is taken for dead, and whoever asks may try
     */
    Claim claim(UUID tenant, String key, byte[] requestHash, Duration patience) {
        return transactions.sql(tenant, connection -> {
            sweep(connection, key);
            UUID claim = UUID.randomUUID();
            Optional<Claim> own = Sql.first(
                    connection,
                    CLAIM,
                    row -> new Claim.Own(claim, row.getString("done")),
                    key,
                    claim,
                    requestHash,
                    seconds(patience));
            return own.isPresent() ? own.get() : read(connection, key, requestHash);
        });
    }

    /** Only who asks for the same finds a call dead: one that is merely slow loses nothing by others' calls. */
    private static void sweep(Connection connection, String key) throws SQLException {
        String own = "DELETE FROM idempotency WHERE key = ?"
                + " AND (at < now() - make_interval(secs => ?)"
                + " OR (status IS NULL AND done IS NULL AND abandoned_at < now()))";
        Sql.update(connection, own, key, seconds(KEPT));
        // More than come, so that none stay, and few enough that no call waits for them.
        String expired = "DELETE FROM idempotency"
                + " WHERE ctid = ANY (ARRAY(SELECT ctid FROM idempotency WHERE at < now() - make_interval(secs => ?)"
                + " ORDER BY at LIMIT 100 FOR UPDATE SKIP LOCKED))";
        Sql.update(connection, expired, seconds(KEPT));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
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
        String update = "UPDATE idempotency SET status = ?, media_type = ?, body = ?, location = ?, etag = ?" + OWN;
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

    /**
     * Notes what the call has changed, in the transaction that the thread is in.
     *
     * @return false when the key is no longer the call's, which must not go on then
     */
    boolean noteWithin(ClaimedKey claimed, String done) {
        String update = "UPDATE idempotency SET done = ?::jsonb" + OWN;
        return transactions.sql(connection -> Sql.update(connection, update, done, claimed.key(), claimed.claim()))
                == 1;
    }

    /** Gives the key back: to anybody, or, where the call has changed something, to the same call made again. */
    void release(ClaimedKey claimed) {
        String delete = "DELETE FROM idempotency" + OWN + " AND done IS NULL";
        String end = "UPDATE idempotency SET abandoned_at = '-infinity'" + OWN;
        transactions.sql(claimed.tenant(), connection -> {
            int freed = Sql.update(connection, delete, claimed.key(), claimed.claim());
            return freed + Sql.update(connection, end, claimed.key(), claimed.claim());
        });
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
