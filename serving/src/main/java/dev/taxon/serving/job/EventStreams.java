package dev.taxon.serving.job;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.log.SafeTrace;
import dev.taxon.serving.queue.Jobs;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Everybody who watches jobs here: few threads look again and again, however many watch. Thread-safe. */
@Singleton
class EventStreams {
    private static final Logger LOG = Logger.getLogger(EventStreams.class);
    private static final long INTERVAL_MILLIS = 500;
    private static final int THREADS = 2;
    private static final int MOST = 1_000;

    private final Jobs jobs;
    private final AtomicInteger open = new AtomicInteger();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, body -> {
        Thread thread = new Thread(body, "job-events");
        thread.setDaemon(true);
        return thread;
    });

    EventStreams(Jobs jobs) {
        this.jobs = jobs;
    }

    void open(EventStream stream) {
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            throw new ProblemException(
                    Problem.of(ErrorCode.OVERLOADED, "This node has as many watchers as it takes. Try again later."),
                    Duration.ofSeconds(5));
        }
        look(stream, 0);
    }

    private void look(EventStream stream, long afterMillis) {
        threads.schedule(() -> turn(stream), afterMillis, TimeUnit.MILLISECONDS);
    }

    private void turn(EventStream stream) {
        boolean goesOn = false;
        try {
            goesOn = stream.goOn(jobs);
        } catch (RuntimeException failure) {
            // The caller connects again, with the number of the last event that it got.
            LOG.warnf("A stream of events broke off: %s", SafeTrace.cause(failure));
            stream.close();
        }
        if (goesOn) {
            look(stream, INTERVAL_MILLIS);
        } else {
            open.decrementAndGet();
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
