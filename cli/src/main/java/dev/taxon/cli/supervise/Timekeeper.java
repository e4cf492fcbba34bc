package dev.taxon.cli.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Time as the supervisor sees it, so that tests can make it pass. */
public interface Timekeeper {
    Instant now();

    /** Waits until an event has happened, in whatever way, or the time is up. */
    void await(CompletableFuture<?> event, Duration atMost) throws InterruptedException;

    /** The time of the clock on the wall. */
    static Timekeeper system() {
        return new Timekeeper() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public void await(CompletableFuture<?> event, Duration atMost) throws InterruptedException {
                try {
                    event.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
                } catch (ExecutionException | CancellationException happened) {
                    return;
                } catch (TimeoutException timeIsUp) {
                    return;
                }
            }
        };
    }
}
