package dev.taxon.serving.capture;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Where tenants' choices stand. Thread-safe. */
@Singleton
public final class TenantSettings {
    private final TenantTransactions transactions;

    TenantSettings(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /** What the tenant chose, or {@link CaptureSettings#OFF}; in a transaction of its own. */
    public CaptureSettings read(UUID tenant) {
        String select = "SELECT capture_texts, feedback, retention_days FROM tenant_setting";
        return transactions
                .sql(
                        tenant,
                        connection -> Sql.first(
                                connection,
                                select,
                                row -> new CaptureSettings(row.getBoolean(1), row.getBoolean(2), row.getInt(3))))
                .orElse(CaptureSettings.OFF);
    }

    /** Stores what the tenant chose, within the caller's transaction as it. */
    void write(CaptureSettings settings) {
        String upsert = "INSERT INTO tenant_setting (capture_texts, feedback, retention_days) VALUES (?, ?, ?)"
                + " ON CONFLICT (tenant_id) DO UPDATE SET capture_texts = excluded.capture_texts,"
                + " feedback = excluded.feedback, retention_days = excluded.retention_days, updated_at = now()";
        transactions.sql(connection ->
                Sql.update(connection, upsert, settings.texts(), settings.feedback(), settings.retentionDays()));
    }
}
