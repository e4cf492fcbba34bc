package dev.taxon.serving.worker;

import dev.taxon.serving.log.SafeTrace;
import dev.taxon.serving.queue.Claim;
import dev.taxon.serving.queue.JobClaims;
import dev.taxon.serving.queue.Lane;
import dev.taxon.serving.queue.WorkListener;
import dev.taxon.training.run.StopSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Does a lane's jobs, one after the other, until it is stopped; the body of a thread of its own. */
final class LaneLoop implements Runnable {
    private static final Logger LOG = Logger.getLogger(LaneLoop.class);
    private static final long PAUSE_MILLIS = 1_000;

    private final JobClaims claims;
    private final JobRunner runner;
    private final WorkListener listener;
    private final UUID worker;
    private final Lane lane;
    private final Duration poll;
    private final StopSignal stop = new StopSignal();

    LaneLoop(JobClaims claims, JobRunner runner, WorkListener listener, UUID worker, Lane lane, Duration poll) {
        this.claims = claims;
        this.runner = runner;
        this.listener = listener;
        this.worker = worker;
        this.lane = lane;
        this.poll = poll;
    }

    /** The job that is being done is given back as soon as it can be; no other is begun. */
    void stop() {
        stop.request();
    }

    @Override
    public void run() {
        try (listener) {
            while (!stop.requested()) {
                turn();
            }
        }
    }

    private void turn() {
        try {
            Optional<Claim> claim = claims.claim(worker, lane);
            if (claim.isPresent()) {
                if (!runner.run(claim.get(), stop)) {
                    pause();
                }
            } else {
                listener.await(poll);
            }
        } catch (RuntimeException | Error failure) {
            LOG.warnf("No job could be taken; trying again: %s", SafeTrace.cause(failure));
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stop.request();
        }
    }
}
