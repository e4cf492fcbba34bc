package dev.taxon.serving.job;

import dev.taxon.serving.http.CallRoom;
import dev.taxon.serving.http.CallRooms;
import dev.taxon.serving.log.SafeTrace;
import dev.taxon.serving.queue.Jobs;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Everybody who watches jobs here: few threads look again and again, however many watch. Who has not read what was sent is
 * sent no more, and is let go when that takes too long: a caller connects again, with the number of the last event that it
 * got. Thread-safe.
 */
@Singleton
class EventStreams {
    private static final Logger LOG = Logger.getLogger(EventStreams.class);
    private static final long INTERVAL_MILLIS = 500;
    private static final int THREADS = 2;

    private final Jobs jobs;
    private final CallRoom room;
    private final Duration patience;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, body -> {
        Thread thread = new Thread(body, "job-events");
        thread.setDaemon(true);
        return thread;
    });

    @Inject
    EventStreams(Jobs jobs, CallRooms rooms) {
        this(jobs, rooms.watchers(), Duration.ofSeconds(30));
    }

    /** As above, with so much patience with callers that do not read. */
    EventStreams(Jobs jobs, CallRoom room, Duration patience) {
        this.jobs = jobs;
        this.room = room;
        this.patience = patience;
    }

    /** Serves a stream until it ends. Throws as {@link CallRoom#enter} does. */
    void open(EventStream stream) {
        look(stream, room.enter(stream.tenant()), 0);
    }

    private void look(EventStream stream, CallRoom.Place place, long afterMillis) {
        threads.schedule(() -> turn(stream, place), afterMillis, TimeUnit.MILLISECONDS);
    }

    private void turn(EventStream stream, CallRoom.Place place) {
        try {
            if (!stream.goOn(jobs)) {
                place.close();
                return;
            }
        } catch (RuntimeException failure) {
            LOG.warnf("A stream of events broke off: %s", SafeTrace.cause(failure));
            letGo(stream, place);
            return;
        }
        var unused = stream.sent()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        look(stream, place, INTERVAL_MILLIS);
                    } else {
                        letGo(stream, place);
                    }
                });
    }

    private static void letGo(EventStream stream, CallRoom.Place place) {
        place.close();
        stream.close();
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
