package dev.taxon.sdk;

import java.util.concurrent.CompletableFuture;

/**
 * The one future that is under way towards a result. Whatever ends the result early (cancellation, a timeout on it) cancels
 * that one; those before it are forgotten, however many a long wait has. Thread-safe.
 */
final class CurrentStep {

    private final CompletableFuture<?> result;
    private volatile CompletableFuture<?> step = CompletableFuture.completedFuture(null);

    CurrentStep(CompletableFuture<?> result) {
        this.result = result;
        var unused = result.whenComplete((value, failure) -> {
            if (failure != null) {
                step.cancel(true);
            }
        });
    }

    /** From now on this one is under way. */
    void now(CompletableFuture<?> next) {
        step = next;
        // The result may have ended before it could see this one.
        if (result.isCompletedExceptionally()) {
            next.cancel(true);
        }
    }
}
