package dev.taxon.serving.queue;

import dev.taxon.serving.periodic.OldRows;
import dev.taxon.serving.periodic.OldRowsSweep;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Deletes the lines of jobs that ended long ago. */
@Singleton
final class ResultSweep {
    static final OldRows LINES = new OldRows(
            "tenants_with_old_results",
            "DELETE FROM job_result_chunk WHERE ctid = ANY (ARRAY("
                    + "SELECT c.ctid FROM job_result_chunk c JOIN job j ON j.id = c.job_id"
                    + " WHERE j.ended_at < now() - make_interval(secs => ?) LIMIT ? FOR UPDATE OF c SKIP LOCKED))",
            JobResults.KEPT);

    void start(@Observes StartupEvent event, OldRowsSweep sweep) {
        sweep.start("results", LINES);
    }
}
