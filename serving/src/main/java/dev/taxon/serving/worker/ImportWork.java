package dev.taxon.serving.worker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.serving.dataset.DatasetImport;
import dev.taxon.serving.dataset.ImportOutcome;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.queue.HeldJobs;
import dev.taxon.serving.queue.JobRecord;
import dev.taxon.serving.queue.JobState.Running;
import dev.taxon.serving.queue.JobState.Succeeded;
import dev.taxon.serving.queue.JobState.Validating;
import dev.taxon.serving.queue.StaleAttemptException;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Reads an uploaded file into its dataset version. */
@Singleton
final class ImportWork implements Work {
    private final DatasetImport imports;
    private final HeldJobs held;

    ImportWork(DatasetImport imports, HeldJobs held) {
        this.imports = imports;
        this.held = held;
    }

    @Override
    public Optional<Succeeded> run(Task task, Validating state) {
        Running running = held.enter(task.attempt(), state.run());
        try {
            ImportOutcome outcome = imports.run(task.tenant(), version(task.job()), task.folder(), () -> goesOn(task));
            return Optional.of(
                    running.succeed(JsonNodeFactory.instance.objectNode().put("rows", rows(outcome))));
        } catch (StoppedException stopped) {
            return Optional.empty();
        }
    }

    /** The import's own way to be cancelled refuses the version, which another attempt may be about to read. */
    private static boolean goesOn(Task task) {
        if (task.heart().lost()) {
            throw new StaleAttemptException(task.attempt());
        }
        StoppedException.throwIf(task.heart());
        return false;
    }

    private static UUID version(JobRecord job) {
        return Objects.requireNonNull(job.datasetVersion(), "an import is of a version");
    }

    private static long rows(ImportOutcome outcome) {
        if (outcome instanceof ImportOutcome.Refused refused) {
            throw new ProblemException(refused.problem());
        }
        return ((ImportOutcome.Ready) outcome).rows();
    }

    @Override
    public void givenUp(JobRecord job, UUID tenant, Hopeless why) {
        imports.giveUp(tenant, version(job), why.problem("Upload the rows in several smaller versions"));
    }
}
