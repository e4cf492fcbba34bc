package dev.taxon.serving.usage;

import dev.taxon.serving.database.Violation;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Counts use in memory and stores it every second and when the server stops, so that no request waits for it. A process
 * that is killed loses the last second's. Thread-safe.
 */
@Singleton
public final class UsageCounter {
    private static final Logger LOG = Logger.getLogger(UsageCounter.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final UsageStore store;
    private final Map<Key, Used> counts = new ConcurrentHashMap<>();
    private final ScheduledExecutorService flusher = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "usage");
        thread.setDaemon(true);
        return thread;
    });

    UsageCounter(UsageStore store) {
        this.store = store;
        var unused =
                flusher.scheduleWithFixedDelay(this::flush, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Counts one request that was answered. */
    public void count(UUID tenant, long texts, long tokens) {
        count(tenant, new Used(1, texts, tokens));
    }

    /** Counts texts that a job classified. */
    public void countTexts(UUID tenant, long texts, long tokens) {
        count(tenant, new Used(0, texts, tokens));
    }

    private void count(UUID tenant, Used used) {
        counts.merge(new Key(tenant, LocalDate.now(ZoneOffset.UTC)), used, Used::plus);
    }

    /** Stores what was counted. What the database does not take now is kept for the next time. */
    synchronized void flush() {
        counts.keySet().forEach(this::flush);
    }

    /** How many days of tenants wait to be stored. */
    int pending() {
        return counts.size();
    }

    private void flush(Key key) {
        Used used = counts.remove(key);
        if (used == null) {
            return;
        }
        try {
            store.add(key.tenant(), key.day(), used);
        } catch (RuntimeException failure) {
            keep(key, used, failure);
        }
    }

    /** A tenant that was deleted has no more usage. */
    private void keep(Key key, Used used, RuntimeException failure) {
        if (Violation.of(failure).filter(Violation.REFERENCE::equals).isEmpty()) {
            counts.merge(key, used, Used::plus);
            LOG.warnf(
                    "Usage could not be stored and is kept: %s",
                    failure.getClass().getSimpleName());
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        flusher.shutdown();
        if (flusher.awaitTermination(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
            flush();
        }
    }

    private record Key(UUID tenant, LocalDate day) {}
}
