package dev.taxon.serving.quota;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.taxon.sdk.wire.QuotaLimits;
import dev.taxon.serving.database.DatabaseClock;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.ProblemException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds tenants to their quotas. Every refusal is a {@link ProblemException} of {@code quota_exceeded}. Blocks for the
 * database now and then. Thread-safe.
 *
 * <p>What is counted in the database {@link Holdings} hold to its quota.
 */
@Singleton
public final class Quotas {
    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final int MOST_TENANTS = 100_000;

    private final QuotaStore store;
    private final Windows windows;
    private final Clock clock;
    private final QuotaMetrics metrics;
    private final LoadingCache<UUID, QuotaLimits> limits;

    @Inject
    Quotas(QuotaStore store, TenantTransactions transactions, DatabaseClock clock, QuotaMetrics metrics) {
        this(store, new PostgresLeases(transactions), clock, metrics);
    }

    Quotas(QuotaStore store, LeaseSource leases, Clock clock, QuotaMetrics metrics) {
        this.store = store;
        this.windows = new Windows(leases, clock);
        this.clock = clock;
        this.metrics = metrics;
        this.limits = Caffeine.newBuilder()
                .maximumSize(MOST_TENANTS)
                .expireAfterWrite(REMEMBERED)
                .build(store::read);
    }

    /** The tenant's quotas, as they were within the last seconds. */
    public QuotaLimits of(UUID tenant) {
        return limits.get(tenant);
    }

    /**
     * Takes what one request of this many texts needs of every allowance, or nothing of any.
     *
     * @throws ProblemException that says when the window ends
     */
    public void takeRequest(UUID tenant, int texts) {
        List<Windows.Limited> taken = new ArrayList<>();
        for (Windows.Limited limited : windows.current(tenant, of(tenant))) {
            long amount = limited.allowance().amount(texts);
            if (!limited.window().take(amount)) {
                taken.forEach(other -> other.window().giveBack(other.allowance().amount(texts)));
                metrics.refused(limited.allowance().word());
                throw Refusals.usedUp(limited.window().remaining(clock.instant()), amount);
            }
            taken.add(limited);
        }
    }

    /** What this node knows to be left of each allowance that is limited, without asking anybody. */
    List<Remaining> remaining(UUID tenant) {
        return windows.current(tenant, of(tenant)).stream()
                .map(limited -> limited.window().remaining(clock.instant()))
                .toList();
    }

    /** Refuses an adapter that is larger than the tenant's may be. */
    public void checkAdapterSize(UUID tenant, int rank, long bytes) {
        checkAdapterSize(of(tenant), rank, bytes);
    }

    /** The same for a caller within a transaction, who has read the quotas before it. */
    public void checkAdapterSize(QuotaLimits limits, int rank, long bytes) {
        check("adapter_rank", "rank", limits.adapterRank(), rank);
        check("adapter_bytes", "size in bytes", limits.adapterBytes(), bytes);
    }

    private void check(String quota, String what, @Nullable Long most, long value) {
        if (most != null && value > most) {
            metrics.refused(quota);
            throw Refusals.never("The adapter's " + what + " is " + value + ", and this tenant's quota allows " + most
                    + ". Make it smaller, or ask for a higher quota.");
        }
    }
}
