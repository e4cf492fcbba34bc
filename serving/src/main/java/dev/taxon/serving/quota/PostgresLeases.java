package dev.taxon.serving.quota;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;

/** Leases as rows of {@code quota_window}, which all nodes share. */
final class PostgresLeases implements LeaseSource {
    private final TenantTransactions transactions;

    PostgresLeases(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Lease take(UUID tenant, Allowance allowance, Instant start, long wanted, long limit) {
        return transactions.sql(tenant, connection -> {
            open(connection, allowance, start);
            long unclaimed = Math.max(0, limit - taken(connection, allowance, start));
            long granted = Math.min(wanted, unclaimed);
            add(connection, allowance, start, granted);
            return new Lease(granted, unclaimed - granted);
        });
    }

    /**
     * Whoever opens a window sweeps the old ones of its kind away, as the database counts: one that opens a window of next
     * week must not make today's forgotten, which would be full again.
     */
    private static void open(Connection connection, Allowance allowance, Instant start) throws SQLException {
        String insert =
                "INSERT INTO quota_window (allowance, started_at, taken) VALUES (?, ?, 0) ON CONFLICT DO NOTHING";
        if (Sql.update(connection, insert, allowance.word(), Timestamp.from(start)) == 1) {
            String sweep = "DELETE FROM quota_window WHERE allowance = ? AND started_at <> ?"
                    + " AND started_at < now() - interval '2 days'";
            Sql.update(connection, sweep, allowance.word(), Timestamp.from(start));
        }
    }

    private static long taken(Connection connection, Allowance allowance, Instant start) throws SQLException {
        String query = "SELECT taken FROM quota_window WHERE allowance = ? AND started_at = ? FOR UPDATE";
        return Sql.first(connection, query, row -> row.getLong(1), allowance.word(), Timestamp.from(start))
                .orElse(0L);
    }

    private static void add(Connection connection, Allowance allowance, Instant start, long granted)
            throws SQLException {
        String update = "UPDATE quota_window SET taken = taken + ? WHERE allowance = ? AND started_at = ?";
        Sql.update(connection, update, granted, allowance.word(), Timestamp.from(start));
    }
}
