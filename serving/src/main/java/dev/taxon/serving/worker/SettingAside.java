package dev.taxon.serving.worker;

import dev.taxon.serving.database.DatabaseException;
import dev.taxon.serving.log.SafeTrace;
import dev.taxon.serving.queue.Attempt;
import dev.taxon.serving.queue.HeldJobs;
import dev.taxon.serving.queue.JobClaims;
import dev.taxon.serving.queue.StaleAttemptException;
import dev.taxon.training.run.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Gives jobs back that this node cannot go on with for a reason of its own: no earlier than after a pause, longer from attempt
 * to attempt, and without counting the attempt as fruitless. Thread-safe.
 */
final class SettingAside {
    private static final Logger LOG = Logger.getLogger(SettingAside.class);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final long DATABASE_PAUSE_MILLIS = 1_000;

    private final HeldJobs held;
    private final Path disk;

    /** @param disk the folder that jobs work in here */
    SettingAside(HeldJobs held, Path disk) {
        this.held = held;
        this.disk = disk;
    }

    /** Returns once that is done, or cannot be done any more. */
    void set(Attempt attempt, NodeFailure why, Throwable failure, StopSignal shutdown) {
        Duration pause = pause(attempt);
        LOG.error(sentence(attempt, why, pause) + " " + SafeTrace.cause(failure));
        while (!shutdown.requested()) {
            try {
                held.setAside(attempt, pause);
                return;
            } catch (StaleAttemptException over) {
                // Ended, cancelled, or another's by now.
                return;
            } catch (DatabaseException unanswered) {
                // Nothing else can be done here meanwhile either.
                if (!slept()) {
                    return;
                }
            }
        }
    }

    private static Duration pause(Attempt attempt) {
        Duration growing = JobClaims.SILENCE.multipliedBy(attempt.number());
        return growing.compareTo(LONGEST) < 0 ? growing : LONGEST;
    }

    private String sentence(Attempt attempt, NodeFailure why, Duration pause) {
        String blamed = why == NodeFailure.DISK
                ? "The disk of this worker does not keep what jobs work on; make room in " + disk
                        + ", or make it writable:"
                : "The database does not answer this worker:";
        return blamed + " job " + attempt.job() + " goes on, here or elsewhere, in " + pause.toSeconds()
                + " s at the earliest.";
    }

    private static boolean slept() {
        try {
            Thread.sleep(DATABASE_PAUSE_MILLIS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
