package dev.taxon.sdk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Futures that cancel what they depend on, and fail with the failure itself instead of a wrapper. */
final class Futures {

    private Futures() {}

    /**
     * The source, changed by a function that may throw. Whatever ends the result early (cancellation, a timeout on it)
     * cancels the source.
     */
    static <A, B> CompletableFuture<B> map(
            CompletableFuture<A> source, Function<A, B> function, Function<Throwable, Throwable> onFailure) {
        CompletableFuture<B> result = new CompletableFuture<>();
        var unused = source.whenComplete((value, failure) -> {
            if (failure != null) {
                result.completeExceptionally(onFailure.apply(unwrap(failure)));
                return;
            }
            try {
                result.complete(function.apply(value));
            } catch (RuntimeException | Error refused) {
                result.completeExceptionally(refused);
            }
        });
        cancelTogether(result, source);
        return result;
    }

    /** The source, without a value where it fails in a way that is none. */
    static <A> CompletableFuture<@Nullable A> recover(
            CompletableFuture<@Nullable A> source, Predicate<Throwable> isNone) {
        CompletableFuture<@Nullable A> result = new CompletableFuture<>();
        var unused = source.whenComplete((value, failure) -> {
            if (failure == null || isNone.test(unwrap(failure))) {
                result.complete(value);
            } else {
                result.completeExceptionally(unwrap(failure));
            }
        });
        cancelTogether(result, source);
        return result;
    }

    /** What follows on the source. Whatever ends the result early cancels the one of both that is under way. */
    static <A, B> CompletableFuture<B> compose(
            CompletableFuture<A> source, Function<A, CompletableFuture<B>> following) {
        CompletableFuture<B> result = new CompletableFuture<>();
        var unused = source.thenCompose(value -> {
                    CompletableFuture<B> next = following.apply(value);
                    cancelTogether(result, next);
                    return next;
                })
                .whenComplete((value, failure) -> {
                    if (failure == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(unwrap(failure));
                    }
                });
        cancelTogether(result, source);
        return result;
    }

    static void cancelTogether(CompletableFuture<?> result, CompletableFuture<?> source) {
        var unused = result.whenComplete((value, failure) -> {
            if (failure != null) {
                source.cancel(true);
            }
        });
    }

    static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** The failure as something that may be thrown anywhere. */
    static RuntimeException unchecked(Throwable failure) {
        return unwrap(failure) instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
    }

    /** Waits, and throws failures as if the work had been done on this thread. */
    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new TaxonConnectionException(
                    Failure.unanswered("interrupted while waiting for the answer", true), interrupted);
        } catch (ExecutionException failed) {
            throw asThrownHere(failed);
        }
    }

    private static RuntimeException asThrownHere(ExecutionException failed) {
        if (failed.getCause() instanceof TaxonException failure) {
            // The frames of the thread that read the answer say nothing; those of the caller say who asked.
            failure.fillInStackTrace();
            return failure;
        }
        // Of the caller's own code, or of a file.
        return failed.getCause() instanceof RuntimeException thrown
                ? thrown
                : new IllegalStateException(failed.getCause());
    }
}
