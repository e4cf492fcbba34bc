package dev.taxon.serving.classify;

import dev.taxon.serving.batching.Deadline;
import dev.taxon.serving.batching.OverloadedException;
import dev.taxon.serving.batching.Ticker;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets only so many requests be tokenised at once; the others wait in turn, for as long as it may help. Thread-safe. */
final class Tokenisers {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Semaphore permits;
    private final Duration longestWait;
    private final Ticker ticker;

    /**
     * So many at once.
     *
     * @param longestWait how long a request without a nearer deadline waits for its turn
     */
    Tokenisers(int count, Duration longestWait, Ticker ticker) {
        this.permits = new Semaphore(count, true);
        this.longestWait = longestWait;
        this.ticker = ticker;
    }

    /** Does the work in its turn, or throws {@link OverloadedException} when that does not come in time. */
    <T> T run(Deadline deadline, Supplier<T> work) {
        await(deadline.left(ticker.nanos())
                .filter(left -> left.compareTo(longestWait) < 0)
                .orElse(longestWait));
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    private void await(Duration wait) {
        try {
            if (!permits.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new OverloadedException("This node is busy reading other requests. Try again later.", PAUSE);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new OverloadedException("This node is stopping. Try again.", PAUSE);
        }
    }
}
