package dev.taxon.serving.worker;

import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.config.TaxonSettings;
import dev.taxon.serving.database.DatabaseException;
import dev.taxon.serving.log.SafeTrace;
import dev.taxon.serving.queue.Attempt;
import dev.taxon.serving.queue.BrokenAttempts;
import dev.taxon.serving.queue.Claim;
import dev.taxon.serving.queue.HeldJobs;
import dev.taxon.serving.queue.JobClaims;
import dev.taxon.serving.queue.JobRecord;
import dev.taxon.serving.queue.JobState.Succeeded;
import dev.taxon.serving.queue.JobState.Unfinished;
import dev.taxon.serving.queue.JobState.Validating;
import dev.taxon.serving.queue.StaleAttemptException;
import dev.taxon.serving.scratch.WorkFolder;
import dev.taxon.serving.scratch.WorkFolders;
import dev.taxon.training.run.StopSignal;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Does a job that was claimed, and writes how it ended. What fails for a reason that its owner can do something about ends
 * the job; what this node is to blame for, such as its full disk, costs the job nothing but time; whatever else goes wrong
 * leaves it to the next attempt, once this one has been silent for long enough. Thread-safe.
 */
@Singleton
final class JobRunner {
    private static final Logger LOG = Logger.getLogger(JobRunner.class);

    private final JobClaims claims;
    private final HeldJobs held;
    private final BrokenAttempts broken;
    private final Works works;
    private final WorkFolders folders;
    private final SettingAside aside;
    private final Duration heartbeat;

    JobRunner(
            JobClaims claims,
            HeldJobs held,
            BrokenAttempts broken,
            Works works,
            WorkFolders folders,
            TaxonSettings settings) {
        this.claims = claims;
        this.held = held;
        this.broken = broken;
        this.works = works;
        this.folders = folders;
        this.aside = new SettingAside(held, folders.root());
        this.heartbeat = settings.worker().heartbeat();
    }

    /**
     * Returns when the attempt is over, however it ended.
     *
     * @return false when this node could not do its part, and the next job is likely to fare the same
     */
    boolean run(Claim claim, StopSignal shutdown) {
        Attempt attempt = claim.attempt();
        try (Heart heart = Heart.start(claims, attempt, heartbeat, shutdown)) {
            if (claim.hopeless()) {
                giveUp(attempt);
            } else {
                attempt(attempt, heart);
            }
            return true;
        } catch (StaleAttemptException lost) {
            LOG.infof("Job %s is no longer this worker's", attempt.job());
            return true;
        } catch (IOException | RuntimeException | Error failure) {
            // An error of one job, native or of the heap, must not end the lane that does everybody's.
            Optional<NodeFailure> own = NodeFailure.of(failure);
            own.ifPresentOrElse(why -> aside.set(attempt, why, failure, shutdown), () -> broke(attempt, failure));
            return own.isEmpty();
        }
    }

    private void broke(Attempt attempt, Throwable failure) {
        LOG.errorf("Attempt %d at job %s failed: %s", attempt.number(), attempt.job(), SafeTrace.of(failure));
        if (NodeFailure.isOfMemory(failure)) {
            // As when a worker is killed for want of it: the owner is told to ask for less.
            return;
        }
        try {
            broken.note(attempt);
        } catch (StaleAttemptException | DatabaseException untold) {
            LOG.debugf("That job %s broke could not be noted", attempt.job());
        }
    }

    private void attempt(Attempt attempt, Heart heart) throws IOException {
        JobRecord job = held.read(attempt);
        Validating state = held.enter(attempt, Unfinished.of(job.state()).takeUp());
        LOG.infof(
                "Attempt %d at job %s (%s) begins",
                attempt.number(), job.id(), job.kind().word());
        try (WorkFolder folder = folders.open()) {
            Task task = new Task(attempt, job, folder.path(), heart);
            try {
                end(attempt, works.of(job.kind()).run(task, state));
            } catch (RuntimeException failure) {
                end(attempt, failure, folder);
            }
        }
    }

    private void end(Attempt attempt, Optional<Succeeded> end) {
        if (end.isPresent()) {
            held.enter(attempt, end.get());
        } else {
            // Asked to stop: either the job is another's or nobody's, which this is refused for, or this process ends.
            held.enterFrom(attempt, Unfinished::giveBack);
        }
    }

    private void end(Attempt attempt, RuntimeException failure, WorkFolder folder) {
        Problem problem = OwnersProblem.of(failure, folder.path()).orElseThrow(() -> failure);
        LOG.infof("Job %s cannot be done: %s", attempt.job(), SafeTrace.cause(failure));
        held.enterFrom(attempt, state -> state.fail(problem));
    }

    private void giveUp(Attempt attempt) {
        Hopeless why = broken.rightBefore(attempt) ? Hopeless.BROKEN : Hopeless.WORKER_LOST;
        Problem problem = why.problem("Ask for it again with fewer rows, shorter texts or a smaller batch");
        JobRecord job = held.read(attempt);
        // First, as nobody takes up what has ended.
        works.of(job.kind()).givenUp(job, attempt.tenant(), why);
        held.enterFrom(attempt, state -> state.fail(problem));
    }
}
