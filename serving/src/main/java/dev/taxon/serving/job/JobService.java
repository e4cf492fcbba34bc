package dev.taxon.serving.job;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Job;
import dev.taxon.sdk.wire.Page;
import dev.taxon.serving.audit.Audit;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.PageRequest;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.idempotency.ChangesOnce;
import dev.taxon.serving.queue.JobKind;
import dev.taxon.serving.queue.JobRecord;
import dev.taxon.serving.queue.Jobs;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What tenants can do with jobs that they have asked for. Thread-safe. */
@Singleton
class JobService {
    private final TenantTransactions transactions;
    private final Jobs jobs;
    private final Audit audit;
    private final ChangesOnce changes;

    JobService(TenantTransactions transactions, Jobs jobs, Audit audit, ChangesOnce changes) {
        this.transactions = transactions;
        this.jobs = jobs;
        this.audit = audit;
        this.changes = changes;
    }

    Job find(UUID tenant, UUID id) {
        return JobView.of(require(tenant, id));
    }

    JobRecord require(UUID tenant, UUID id) {
        return jobs.find(tenant, id).orElseThrow(JobService::notFound);
    }

    Page<Job> list(UUID tenant, @Nullable String state, PageRequest page) {
        List<Job> found = jobs.list(tenant, state, page.afterId(), page.limit() + 1).stream()
                .map(JobView::of)
                .toList();
        return page.page(found, Job::id);
    }

    /** Cancels a job; one that was cancelled before stays so. */
    Job cancel(UUID tenant, UUID id) {
        return changes.once(Job.class, () -> cancelNow(tenant, id));
    }

    private Job cancelNow(UUID tenant, UUID id) {
        if (require(tenant, id).kind() == JobKind.IMPORT) {
            throw new ProblemException(
                    ErrorCode.CONFLICT, "An import ends with its file. Delete the dataset version instead.");
        }
        return transactions.in(tenant, () -> {
            JobRecord after = jobs.cancel(id).orElseThrow(JobService::notFound);
            if (!after.state().equals("cancelled")) {
                throw new ProblemException(ErrorCode.CONFLICT, "The job has ended: it " + after.state() + ".");
            }
            audit.record("job.cancel", id.toString());
            return changes.note(JobView.of(after));
        });
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
