package dev.taxon.serving.admin;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.QuotaLimits;
import dev.taxon.serving.audit.Audit;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.quota.QuotaStore;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Reads and sets tenants' quotas. Blocks. Thread-safe. */
@Singleton
public final class QuotaAdministration {
    private final TenantTransactions transactions;
    private final TenantAdministration tenants;
    private final QuotaStore store;
    private final Audit audit;

    QuotaAdministration(TenantTransactions transactions, TenantAdministration tenants, QuotaStore store, Audit audit) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.store = store;
        this.audit = audit;
    }

    QuotaLimits get(String tenant) {
        return store.read(tenants.require(tenant));
    }

    QuotaLimits set(String tenant, QuotaLimits limits) {
        check(limits);
        transactions.run(tenants.require(tenant), () -> {
            store.write(limits);
            audit.record("quota.set", tenant);
        });
        return limits;
    }

    private static void check(QuotaLimits limits) {
        check("requests_per_minute", limits.requestsPerMinute());
        check("texts_per_minute", limits.textsPerMinute());
        check("texts_per_day", limits.textsPerDay());
        check("adapters", limits.adapters());
        check("dataset_bytes", limits.datasetBytes());
        check("concurrent_jobs", limits.concurrentJobs());
        check("adapter_rank", limits.adapterRank());
        check("adapter_bytes", limits.adapterBytes());
        if (limits.weight() < 1 || limits.weight() > QuotaLimits.HIGHEST_WEIGHT) {
            throw invalid("weight", "The weight is a number from 1 to " + QuotaLimits.HIGHEST_WEIGHT + ".");
        }
    }

    private static void check(String field, @Nullable Long limit) {
        if (limit != null && limit < 0) {
            throw invalid(field, "A limit is 0 or more; leave it out for none.");
        }
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(
                Problem.of(ErrorCode.INVALID_REQUEST, detail).withAt(field));
    }
}
