package dev.taxon.serving.queue;

import dev.taxon.serving.database.AcrossTenants;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.periodic.ApiTasks;
import dev.taxon.serving.periodic.OldRows;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Deletes the lines of jobs that ended long ago. */
@Singleton
final class ResultSweep {
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final OldRows LINES = new OldRows(
            "tenants_with_old_results",
            "DELETE FROM job_result_chunk WHERE (job_id, position) IN"
                    + " (SELECT c.job_id, c.position FROM job_result_chunk c JOIN job j ON j.id = c.job_id"
                    + " WHERE j.ended_at < now() - make_interval(secs => ?) LIMIT ?)",
            JobResults.KEPT);

    private final AcrossTenants across;
    private final TenantTransactions transactions;

    ResultSweep(AcrossTenants across, TenantTransactions transactions) {
        this.across = across;
        this.transactions = transactions;
    }

    void start(@Observes StartupEvent event, ApiTasks tasks) {
        tasks.start("results", PAUSE, this::run);
    }

    void run() {
        LINES.deleteFrom(across, transactions);
    }
}
