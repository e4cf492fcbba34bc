package dev.taxon.serving.feedback;

import dev.taxon.sdk.wire.Verdict;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Judged answers in the database. Thread-safe. */
@Singleton
class FeedbackStore {
    /** A text may be a million characters long. */
    private static final int ROWS_FETCHED = 20;

    private static final int ROWS_A_TRANSACTION = 1_000;
    private static final int CHARACTERS_A_TRANSACTION = 4_000_000;
    private static final String UPSERT =
            "INSERT INTO feedback (id, request_id, index, verdict, text, labels, predicted, offered, adapter, version)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (tenant_id, request_id, index) DO UPDATE SET"
                    + " verdict = excluded.verdict, text = excluded.text, labels = excluded.labels,"
                    + " predicted = excluded.predicted, offered = excluded.offered, adapter = excluded.adapter,"
                    + " version = excluded.version, at = now()";
    private static final String SELECT =
            "SELECT id, request_id, index, verdict, text, labels, predicted, offered, adapter, version FROM feedback"
                    + " WHERE (?::text IS NULL OR adapter = ?) AND at <= ?::timestamptz AND id > ? ORDER BY id LIMIT ?";

    private final TenantTransactions transactions;

    FeedbackStore(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /** Stores a judgement in place of an earlier one of the same result, within the caller's transaction as the tenant. */
    void put(JudgedAnswer judged) {
        transactions.sql(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
                statement.setObject(1, UUID.randomUUID());
                statement.setString(2, judged.requestId());
                statement.setInt(3, judged.index());
                statement.setString(4, judged.verdict().name().toLowerCase(Locale.ROOT));
                statement.setString(5, judged.text());
                statement.setArray(6, array(connection, judged.labels()));
                statement.setArray(7, array(connection, judged.predicted()));
                statement.setArray(8, array(connection, judged.offered()));
                statement.setString(9, judged.adapter());
                statement.setObject(10, judged.version());
                return statement.executeUpdate();
            }
        });
    }

    private static Array array(Connection connection, List<String> strings) throws SQLException {
        return connection.createArrayOf("text", strings.toArray());
    }

    /**
     * Hands out what was said up to a moment, in an order that stays; some megabytes in memory at a time, and between
     * transactions, so that a taker may have one of its own.
     *
     * @param adapter whose answers; null for all
     */
    void read(UUID tenant, @Nullable String adapter, Instant until, Consumer<JudgedAnswer> taker) {
        Reading reading = new Reading(adapter, until);
        while (!reading.ended) {
            transactions.sql(tenant, reading::some).forEach(taker);
        }
    }

    private static final class Reading {
        private final @Nullable String adapter;
        private final Instant until;
        private UUID last = new UUID(0, 0);
        private boolean ended;

        Reading(@Nullable String adapter, Instant until) {
            this.adapter = adapter;
            this.until = until;
        }

        List<JudgedAnswer> some(Connection connection) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
                statement.setFetchSize(ROWS_FETCHED);
                statement.setString(1, adapter);
                statement.setString(2, adapter);
                statement.setObject(3, until.atOffset(ZoneOffset.UTC));
                statement.setObject(4, last);
                statement.setInt(5, ROWS_A_TRANSACTION);
                try (ResultSet rows = statement.executeQuery()) {
                    return some(rows);
                }
            }
        }

        private List<JudgedAnswer> some(ResultSet rows) throws SQLException {
            List<JudgedAnswer> some = new ArrayList<>();
            long characters = 0;
            while (characters < CHARACTERS_A_TRANSACTION && rows.next()) {
                JudgedAnswer judged = judged(rows);
                some.add(judged);
                characters += judged.text().length();
                last = rows.getObject("id", UUID.class);
            }
            ended = characters < CHARACTERS_A_TRANSACTION && some.size() < ROWS_A_TRANSACTION;
            return some;
        }

        private static JudgedAnswer judged(ResultSet row) throws SQLException {
            return new JudgedAnswer(
                    row.getString("request_id"),
                    row.getInt("index"),
                    Verdict.valueOf(row.getString("verdict").toUpperCase(Locale.ROOT)),
                    row.getString("text"),
                    strings(row, "labels"),
                    strings(row, "predicted"),
                    strings(row, "offered"),
                    row.getString("adapter"),
                    row.getObject("version", Integer.class));
        }

        private static List<String> strings(ResultSet row, String column) throws SQLException {
            return List.of((String[]) row.getArray(column).getArray());
        }
    }
}
