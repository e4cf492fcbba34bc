package dev.taxon.serving.adapter;

import dev.taxon.serving.batching.OverloadedException;
import dev.taxon.serving.http.CurrentDeadline;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets few calls at a time write a version: each does so whole in one transaction, and leaves connections to others. Thread-safe. */
@Singleton
final class PublishingTurns {
    private static final int AT_ONCE = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final CurrentDeadline deadline;
    private final Semaphore writers = new Semaphore(AT_ONCE, true);

    PublishingTurns(CurrentDeadline deadline) {
        this.deadline = deadline;
    }

    /** Does it in the call's turn. Throws {@link OverloadedException} when that does not come in time. */
    <T> T during(Supplier<T> write) {
        try {
            if (!writers.tryAcquire(deadline.atMost(PATIENCE).toNanos(), TimeUnit.NANOSECONDS)) {
                throw new OverloadedException("This node is busy storing other adapters. Try again later.", PAUSE);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new OverloadedException("This node is stopping. Try again.", PAUSE);
        }
        try {
            // Taking the body in may have taken all the time there was.
            deadline.check();
            return write.get();
        } finally {
            writers.release();
        }
    }
}
