package dev.taxon.sdk;

import dev.taxon.sdk.wire.JobEvent;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells of a job's events on a thread of its own, which waits for them and keeps no process alive. */
final class EventThread {

    private EventThread() {}

    /**
     * Starts telling.
     *
     * @param events closed at the end
     * @return done when the job has ended and all was told; whatever ends it early ends the telling
     */
    static CompletableFuture<@Nullable Void> tell(JobEvents events, Consumer<JobEvent> told) {
        CompletableFuture<@Nullable Void> result = new CompletableFuture<>();
        var unused = result.whenComplete((done, failure) -> events.close());
        Thread thread = new Thread(() -> run(events, told, result), "taxon-job-events");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private static void run(JobEvents events, Consumer<JobEvent> told, CompletableFuture<@Nullable Void> result) {
        try {
            events.forEachRemaining(told);
            result.complete(null);
        } catch (RuntimeException | Error failure) {
            result.completeExceptionally(failure);
        }
    }
}
