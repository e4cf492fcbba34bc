package dev.taxon.serving.quota;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.ProblemException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Holds tenants to what they may have of adapters, jobs and bytes of data sets. Every refusal is a {@link ProblemException}
 * of {@code quota_exceeded}. All of it within the caller's transaction as the tenant. Thread-safe.
 *
 * <p>{@code require...} comes last in the transaction that adds something, after it was added: it waits for the tenant's
 * other transactions that do the same and have not ended, counts what there is then, and undoes by its refusal what is too
 * much. So however many add at once, no quota is passed, and nobody waits for longer than a commit. {@code check...} may be
 * asked before something that is long or dear, and promises nothing.
 */
@Singleton
public final class Holdings {
    /** Whoever adds waits here for those who do the same; the count, a statement later, sees what they have committed. */
    private static final String LOCKED = " FOR NO KEY UPDATE";

    private final TenantTransactions transactions;
    private final QuotaMetrics metrics;

    Holdings(TenantTransactions transactions, QuotaMetrics metrics) {
        this.transactions = transactions;
        this.metrics = metrics;
    }

    /** Refuses one adapter more than there may be. */
    public void checkAdapters() {
        check(Holding.ADAPTERS, 1);
    }

    /** Refuses the adapter that was just added, where it is one too many. */
    public void requireAdapters() {
        require(Holding.ADAPTERS, 1);
    }

    /** Refuses so many bytes of data sets more than there may be. */
    public void checkDatasetBytes(long more) {
        check(Holding.DATASET_BYTES, more);
    }

    /** Refuses so many bytes of data sets that were just added, where they are too many. */
    public void requireDatasetBytes(long added) {
        require(Holding.DATASET_BYTES, added);
    }

    /** Refuses the job that was just added, where it is one more than may wait or run at a time. */
    public void requireJobs() {
        require(Holding.CONCURRENT_JOBS, 1);
    }

    private void check(Holding holding, long more) {
        transactions.sql(connection -> hold(connection, holding, holding.limit(), 0, more));
    }

    private void require(Holding holding, long added) {
        transactions.sql(connection -> hold(connection, holding, holding.limit() + LOCKED, added, added));
    }

    private boolean hold(Connection connection, Holding holding, String limit, long added, long more)
            throws SQLException {
        Optional<Long> most = Sql.first(connection, limit, row -> row.getLong(1));
        if (most.isPresent()) {
            long counted = Sql.first(connection, holding.count(), row -> row.getLong(1))
                    .orElseThrow();
            long had = counted - added;
            if (had > most.get() - more) {
                metrics.refused(holding.quota());
                throw holding.refusal(most.get(), had, more);
            }
        }
        return true;
    }
}
