package dev.taxon.sdk;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Tries again where the failure says that it may help, within a number of retries and the deadline. */
final class RetryingTransport implements Transport {

    private final Transport attempts;
    private final int maxRetries;
    private final Pacing pacing;
    private final Backoff backoff;

    RetryingTransport(Transport attempts, int maxRetries, Pacing pacing) {
        this.attempts = attempts;
        this.maxRetries = maxRetries;
        this.pacing = pacing;
        this.backoff = new Backoff(pacing.random());
    }

    @Override
    public <T> CompletableFuture<Answer<T>> send(Call<T> call) {
        Attempts<T> run = new Attempts<>(call, pacing.nanoTime().getAsLong());
        run.attempt(0);
        return run.result;
    }

    /** The attempts of one call. At any time at most one future is under way, so no field needs a lock. */
    private final class Attempts<T> {

        private final CompletableFuture<Answer<T>> result = new CompletableFuture<>();
        private final CurrentStep step = new CurrentStep(result);
        private final Call<T> call;
        private final long start;
        private @Nullable Throwable before;

        Attempts(Call<T> call, long start) {
            this.call = call;
            this.start = start;
        }

        void attempt(int number) {
            CompletableFuture<Answer<T>> attempt = send();
            step.now(attempt);
            var unused = attempt.handle((answer, failure) ->
                            failure == null ? result.complete(answer) : retryOrFail(number, Futures.unwrap(failure)))
                    .exceptionally(result::completeExceptionally);
        }

        /** A transport that throws instead of failing its future must not leave the caller waiting for ever. */
        private CompletableFuture<Answer<T>> send() {
            Duration left = left();
            try {
                return attempts.send(left == null ? call : call.withRemaining(left));
            } catch (RuntimeException thrown) {
                return CompletableFuture.failedFuture(thrown);
            }
        }

        /** Sleeps towards the next attempt, or ends the call. */
        private boolean retryOrFail(int number, Throwable failure) {
            Optional<Duration> wait = wait(number, failure);
            if (wait.isEmpty()) {
                if (before != null && before != failure) {
                    failure.addSuppressed(before);
                }
                return result.completeExceptionally(failure);
            }
            before = failure;
            CompletableFuture<Void> sleep = pacing.sleeper().apply(wait.get());
            step.now(sleep);
            var unused = sleep.whenComplete((done, notSlept) -> {
                if (notSlept == null) {
                    attempt(number + 1);
                } else {
                    result.completeExceptionally(failure);
                }
            });
            return true;
        }

        private Optional<Duration> wait(int number, Throwable failure) {
            if (number >= maxRetries
                    || result.isDone()
                    || !(failure instanceof TaxonException refused)
                    || !refused.retryable()) {
                return Optional.empty();
            }
            Duration left = left();
            return backoff.after(number, refused).filter(wait -> left == null || wait.compareTo(left) < 0);
        }

        /** What is left of the deadline; null where there is none. */
        private @Nullable Duration left() {
            Duration whole = call.remaining();
            return whole == null ? null : whole.minusNanos(pacing.nanoTime().getAsLong() - start);
        }
    }
}
