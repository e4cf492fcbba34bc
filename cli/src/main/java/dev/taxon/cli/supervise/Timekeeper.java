package dev.taxon.cli.supervise;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Time as the supervisor sees it, so that tests can make it pass. */
public interface Timekeeper {
    /** Time since a moment of its own choice; never goes back, whatever happens to the clock on the wall. */
    Duration now();

    /** Waits until an event has happened, in whatever way, or the time is up. */
    void await(CompletableFuture<?> event, Duration atMost) throws InterruptedException;

    /** The time that really passes. */
    static Timekeeper system() {
        long origin = System.nanoTime();
        return new Timekeeper() {
            @Override
            public Duration now() {
                return Duration.ofNanos(System.nanoTime() - origin);
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
