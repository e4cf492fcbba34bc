package dev.taxon.serving.job;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Hyperparameters;
import dev.taxon.sdk.wire.Job;
import dev.taxon.sdk.wire.JobKind;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.Page;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.audit.Audit;
import dev.taxon.serving.config.LimitSettings;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.PageRequest;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.queue.JobQueue;
import dev.taxon.serving.queue.JobRecord;
import dev.taxon.serving.queue.Jobs;
import dev.taxon.serving.quota.Quotas;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What tenants can do with jobs. Thread-safe. */
@Singleton
class JobService {
    private static final JsonMapper JSON = WireJson.newMapper();

    private static final int DEFAULT_RANK = 16;

    private final RequestRules rules;
    private final Retraining retraining;
    private final References references;
    private final TenantTransactions transactions;
    private final JobQueue queue;
    private final Jobs jobs;
    private final Quotas quotas;
    private final Audit audit;

    JobService(
            LimitSettings limits,
            Retraining retraining,
            References references,
            TenantTransactions transactions,
            JobQueue queue,
            Jobs jobs,
            Quotas quotas,
            Audit audit) {
        this.rules = new RequestRules(limits);
        this.retraining = retraining;
        this.references = references;
        this.transactions = transactions;
        this.queue = queue;
        this.jobs = jobs;
        this.quotas = quotas;
        this.audit = audit;
    }

    /** Takes a request in, with everything that it names found and pinned. */
    Job create(UUID tenant, JobRequest asked) {
        JobRequest request = asked.retrain() == null ? asked : transactions.in(tenant, () -> retraining.expand(asked));
        JobKind kind = rules.check(request);
        quotas.checkJobs(tenant);
        if (kind == JobKind.LORA || kind == JobKind.PPO) {
            checkAdapter(tenant, request);
        }
        UUID id = transactions.in(tenant, () -> {
            References.Resolved resolved = references.resolve(request, kind);
            return queue.enqueue(
                    dev.taxon.serving.queue.JobKind.valueOf(kind.name()),
                    JSON.valueToTree(resolved.request()),
                    resolved.request().adapter(),
                    resolved.datasetVersion());
        });
        audit.record("job.create", id.toString());
        return find(tenant, id);
    }

    /** Before anything is trained that could not be published. */
    private void checkAdapter(UUID tenant, JobRequest request) {
        Hyperparameters asked = request.hyperparameters();
        Integer rank = asked == null ? null : asked.rank();
        if (request.from() == null) {
            quotas.checkAdapterSize(tenant, rank == null ? DEFAULT_RANK : rank, 0);
        }
        String adapter = String.valueOf(request.adapter());
        if (transactions.in(tenant, () -> references.isNew(adapter))) {
            quotas.checkAdapters(tenant);
        }
    }

    Job find(UUID tenant, UUID id) {
        return JobView.of(require(tenant, id));
    }

    JobRecord require(UUID tenant, UUID id) {
        return jobs.find(tenant, id).orElseThrow(JobService::notFound);
    }

    Page<Job> list(UUID tenant, @Nullable String state, PageRequest page) {
        UUID after = page.after() == null ? null : JobIds.parse(page.after());
        List<Job> found = jobs.list(tenant, state, after, page.limit() + 1).stream()
                .map(JobView::of)
                .toList();
        return page.page(found, Job::id);
    }

    /** Cancels a job; one that was cancelled before stays so. */
    Job cancel(UUID tenant, UUID id) {
        if (require(tenant, id).kind() == dev.taxon.serving.queue.JobKind.IMPORT) {
            throw new ProblemException(
                    ErrorCode.CONFLICT, "An import ends with its file. Delete the dataset version instead.");
        }
        JobRecord after = jobs.cancel(tenant, id).orElseThrow(JobService::notFound);
        if (!after.state().equals("cancelled")) {
            throw new ProblemException(ErrorCode.CONFLICT, "The job has ended: it " + after.state() + ".");
        }
        audit.record("job.cancel", id.toString());
        return JobView.of(after);
    }

    /** The job's result, which the caller may ask for once it has succeeded. */
    JobRecord requireResult(UUID tenant, UUID id) {
        JobRecord job = require(tenant, id);
        if (!job.state().equals("succeeded")) {
            throw new ProblemException(ErrorCode.CONFLICT, "The job has no result: its state is " + job.state() + ".");
        }
        return job;
    }

    static ProblemException notFound() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such job; GET /v1/jobs lists those there are.");
    }
}
