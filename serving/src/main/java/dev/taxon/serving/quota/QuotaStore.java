package dev.taxon.serving.quota;

import dev.taxon.sdk.wire.QuotaLimits;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tenants' quotas as the database has them. Thread-safe. */
@Singleton
public final class QuotaStore {
    private static final List<String> COLUMNS = List.of(
            "requests_per_minute",
            "texts_per_minute",
            "texts_per_day",
            "adapters",
            "dataset_bytes",
            "concurrent_jobs",
            "adapter_rank",
            "adapter_bytes",
            "weight");
    private static final String NAMES = String.join(", ", COLUMNS);

    private final TenantTransactions transactions;

    QuotaStore(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /** The tenant's quotas; without limits where none were set. */
    public QuotaLimits read(UUID tenant) {
        return transactions.sql(tenant, QuotaStore::select);
    }

    /** Sets the tenant's quotas, all of them, in the caller's transaction; nodes follow within seconds. */
    public void write(QuotaLimits limits) {
        String sets = COLUMNS.stream().map(name -> name + " = excluded." + name).collect(Collectors.joining(", "));
        String upsert = "INSERT INTO quota (" + NAMES + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (tenant_id) DO UPDATE SET " + sets;
        transactions.sql(
                connection -> Sql.update(connection, upsert, values(limits).toArray()));
    }

    private static QuotaLimits select(Connection connection) throws SQLException {
        return Sql.first(connection, "SELECT " + NAMES + " FROM quota", QuotaStore::limits)
                .orElseGet(QuotaLimits::unlimited);
    }

    private static QuotaLimits limits(ResultSet row) throws SQLException {
        return QuotaLimits.builder()
                .requestsPerMinute(limit(row, "requests_per_minute"))
                .textsPerMinute(limit(row, "texts_per_minute"))
                .textsPerDay(limit(row, "texts_per_day"))
                .adapters(limit(row, "adapters"))
                .datasetBytes(limit(row, "dataset_bytes"))
                .concurrentJobs(limit(row, "concurrent_jobs"))
                .adapterRank(limit(row, "adapter_rank"))
                .adapterBytes(limit(row, "adapter_bytes"))
                .weight(row.getInt("weight"))
                .build();
    }

    private static @Nullable Long limit(ResultSet row, String column) throws SQLException {
        long limit = row.getLong(column);
        return row.wasNull() ? null : limit;
    }

    private static List<@Nullable Long> values(QuotaLimits limits) {
        return Arrays.asList(
                limits.requestsPerMinute(),
                limits.textsPerMinute(),
                limits.textsPerDay(),
                limits.adapters(),
                limits.datasetBytes(),
                limits.concurrentJobs(),
                limits.adapterRank(),
                limits.adapterBytes(),
                (long) limits.weight());
    }
}
