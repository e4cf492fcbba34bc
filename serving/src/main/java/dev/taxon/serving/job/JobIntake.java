package dev.taxon.serving.job;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.taxon.sdk.wire.Hyperparameters;
import dev.taxon.sdk.wire.Job;
import dev.taxon.sdk.wire.JobKind;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.QuotaLimits;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.adapter.AdapterVersionInfo;
import dev.taxon.serving.audit.Audit;
import dev.taxon.serving.config.LimitSettings;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.idempotency.CreatedAnswers;
import dev.taxon.serving.queue.JobQueue;
import dev.taxon.serving.queue.Jobs;
import dev.taxon.serving.quota.Holdings;
import dev.taxon.serving.quota.Quotas;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Takes in what tenants ask to have done. Thread-safe. */
@Singleton
class JobIntake {
    private static final JsonMapper JSON = WireJson.newMapper();

    private static final int DEFAULT_RANK = 16;

    private final RequestRules rules;
    private final Retraining retraining;
    private final References references;
    private final TenantTransactions transactions;
    private final JobQueue queue;
    private final Jobs jobs;
    private final Quotas quotas;
    private final Holdings holdings;
    private final Audit audit;
    private final CreatedAnswers answers;

    JobIntake(
            LimitSettings limits,
            Retraining retraining,
            References references,
            TenantTransactions transactions,
            JobQueue queue,
            Jobs jobs,
            Quotas quotas,
            Holdings holdings,
            Audit audit,
            CreatedAnswers answers) {
        this.rules = new RequestRules(limits);
        this.retraining = retraining;
        this.references = references;
        this.transactions = transactions;
        this.queue = queue;
        this.jobs = jobs;
        this.quotas = quotas;
        this.holdings = holdings;
        this.audit = audit;
        this.answers = answers;
    }

    /** Takes a request in, with everything that it names found and pinned. */
    Job create(UUID tenant, JobRequest asked) {
        JobRequest request = asked.retrain() == null ? asked : transactions.in(tenant, () -> retraining.expand(asked));
        JobKind kind = rules.check(request);
        // Before the transaction: reading them may take one of its own, and whoever holds a connection must not wait
        // for
        // another.
        QuotaLimits limits = quotas.of(tenant);
        return transactions.in(tenant, () -> {
            checkAdapter(request, kind);
            Job job = answers.keep(enqueue(limits, request, kind));
            holdings.requireJobs();
            return job;
        });
    }

    private Job enqueue(QuotaLimits limits, JobRequest request, JobKind kind) {
        References.Resolved resolved = references.resolve(request, kind);
        checkSize(limits, resolved.request(), kind);
        UUID id = queue.enqueue(
                dev.taxon.serving.queue.JobKind.valueOf(kind.name()),
                JSON.valueToTree(resolved.request()),
                resolved.request().adapter(),
                resolved.datasetVersion());
        audit.record("job.create", id.toString());
        return JobView.of(jobs.read(id).orElseThrow());
    }

    /** Before anything is trained that could not be published: what goes on from a version is of its size. */
    private void checkSize(QuotaLimits limits, JobRequest request, JobKind kind) {
        if (!trains(kind)) {
            return;
        }
        if (request.from() != null) {
            AdapterVersionInfo start = references.start(request.from());
            quotas.checkAdapterSize(limits, start.rank(), start.bytes());
        } else {
            Hyperparameters asked = request.hyperparameters();
            Integer rank = asked == null ? null : asked.rank();
            quotas.checkAdapterSize(limits, rank == null ? DEFAULT_RANK : rank, 0);
        }
    }

    /** As above. */
    private void checkAdapter(JobRequest request, JobKind kind) {
        if (trains(kind) && references.isNew(String.valueOf(request.adapter()))) {
            holdings.checkAdapters();
        }
    }

    private static boolean trains(JobKind kind) {
        return kind == JobKind.LORA || kind == JobKind.PPO;
    }
}
