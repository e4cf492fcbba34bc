package dev.taxon.cli.supervise;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

/** Time that passes at once when it is waited for alone, and stands still while an event is to come. */
final class FakeTime implements Timekeeper {
    private final Duration longestPause;
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private volatile Duration now = Duration.ZERO;

    FakeTime(RestartPolicy policy) {
        this.longestPause = policy.longestPause();
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Duration now() {
        return now;
    }

    @Override
    public void await(CompletableFuture<?> event, Duration atMost) throws InterruptedException {
        if (atMost.compareTo(longestPause) > 0) {
            join(event);
        } else if (!event.isDone()) {
            pauses.add(atMost);
            pass(atMost);
        }
    }

    private static void join(CompletableFuture<?> event) throws InterruptedException {
        try {
            event.get();
        } catch (ExecutionException happened) {
            return;
        }
    }
}
