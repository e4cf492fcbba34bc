package dev.taxon.serving.worker;

import dev.taxon.serving.log.SafeTrace;
import dev.taxon.serving.queue.Attempt;
import dev.taxon.serving.queue.JobClaims;
import dev.taxon.serving.queue.StaleAttemptException;
import dev.taxon.training.run.StopSignal;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Says again and again that a worker is still at its job, and has the work stop when the job is no longer its, or the process
 * ends. Thread-safe.
 */
final class Heart implements AutoCloseable {
    private static final long LOOK_MILLIS = 200;
    private static final long LAST_BEAT_SECONDS = 5;
    private static final Logger LOG = Logger.getLogger(Heart.class);

    private final JobClaims claims;
    private final Attempt attempt;
    private final StopSignal shutdown;
    private final StopSignal signal = new StopSignal();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Heart::thread);
    private volatile boolean lost;

    private Heart(JobClaims claims, Attempt attempt, StopSignal shutdown) {
        this.claims = claims;
        this.attempt = attempt;
        this.shutdown = shutdown;
    }

    static Heart start(JobClaims claims, Attempt attempt, Duration interval, StopSignal shutdown) {
        Heart heart = new Heart(claims, attempt, shutdown);
        heart.thread.scheduleAtFixedRate(heart::beat, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        heart.thread.scheduleWithFixedDelay(heart::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return heart;
    }

    private static Thread thread(Runnable body) {
        Thread thread = new Thread(body, "heartbeat");
        thread.setDaemon(true);
        return thread;
    }

    /** True once the job is no longer this attempt's. */
    boolean lost() {
        return lost;
    }

    /** Requested once the work should stop, for whatever reason. */
    StopSignal signal() {
        return signal;
    }

    private void look() {
        if (shutdown.requested()) {
            signal.request();
        }
    }

    private void beat() {
        try {
            claims.beat(attempt);
        } catch (StaleAttemptException stale) {
            lost = true;
            signal.request();
        } catch (RuntimeException failure) {
            // The next beat may get through; if none does for too long, somebody else takes the job.
            LOG.warnf("A heartbeat did not get through: %s", SafeTrace.cause(failure));
        }
    }

    /** Waits for a beat that is under way: one that came later would undo what is written of the job next. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(LAST_BEAT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A heartbeat was still under way when its attempt had ended.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
