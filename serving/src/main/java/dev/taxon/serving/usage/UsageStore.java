package dev.taxon.serving.usage;

import dev.taxon.sdk.wire.UsageDay;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** Tenants' usage as the database has it. Thread-safe. */
@Singleton
class UsageStore {
    private final TenantTransactions transactions;

    UsageStore(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    void add(UUID tenant, LocalDate day, Used used) {
        String upsert = "INSERT INTO usage_day (day, requests, texts, tokens) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (tenant_id, day) DO UPDATE SET requests = usage_day.requests + excluded.requests,"
                + " texts = usage_day.texts + excluded.texts, tokens = usage_day.tokens + excluded.tokens";
        transactions.sql(
                tenant,
                connection -> Sql.update(connection, upsert, day, used.requests(), used.texts(), used.tokens()));
    }

    /** Days with any use, in order, both ends included. */
    List<UsageDay> between(UUID tenant, LocalDate first, LocalDate last) {
        String query = "SELECT day, requests, texts, tokens FROM usage_day WHERE day BETWEEN ? AND ? ORDER BY day";
        return transactions.sql(tenant, connection -> Sql.query(connection, query, UsageStore::day, first, last));
    }

    private static UsageDay day(ResultSet row) throws SQLException {
        return new UsageDay(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }
}
