package dev.taxon.sdk;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at something of the server's again and again until it has ended, with pauses that grow to two seconds. No thread
 * is held meanwhile; cancelling the future ends it. A server that has answered once and then does not for some minutes may be
 * on its way back: that does not end the waiting, as long as its failures say that trying again may help.
 */
final class Waiting<T> {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_ABSENCE = Duration.ofMinutes(5);

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final CurrentStep step = new CurrentStep(result);
    private final Calls calls;
    private final Supplier<CompletableFuture<T>> look;
    private final Predicate<T> ended;
    private @Nullable Long answeredNanos;

    Waiting(Calls calls, Supplier<CompletableFuture<T>> look, Predicate<T> ended) {
        this.calls = calls;
        this.look = look;
        this.ended = ended;
    }

    CompletableFuture<T> run() {
        look(FIRST_PAUSE);
        return result;
    }

    private void look(Duration pause) {
        if (result.isDone()) {
            return;
        }
        CompletableFuture<T> looked = look.get();
        step.now(looked);
        var unused = looked.whenComplete((value, failure) -> {
            if (failure == null) {
                answeredNanos = calls.nanoTime();
                endOrSleep(value, pause);
            } else if (mayComeBack(Futures.unwrap(failure))) {
                sleep(LONGEST_PAUSE);
            } else {
                result.completeExceptionally(Futures.unwrap(failure));
            }
        });
    }

    private boolean mayComeBack(Throwable failure) {
        Long answered = answeredNanos;
        return failure instanceof TaxonException refused
                && refused.retryable()
                && answered != null
                && calls.nanoTime() - answered < LONGEST_ABSENCE.toNanos();
    }

    private void endOrSleep(T value, Duration pause) {
        try {
            if (ended.test(value)) {
                result.complete(value);
                return;
            }
        } catch (RuntimeException | Error thrown) {
            result.completeExceptionally(thrown);
            return;
        }
        sleep(pause);
    }

    private void sleep(Duration pause) {
        CompletableFuture<Void> sleep = calls.sleep(pause);
        step.now(sleep);
        var unused = sleep.whenComplete((done, notSlept) -> {
            if (notSlept == null) {
                look(longer(pause));
            } else {
                result.completeExceptionally(notSlept);
            }
        });
    }

    private static Duration longer(Duration pause) {
        Duration longer = pause.multipliedBy(3).dividedBy(2);
        return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
}
