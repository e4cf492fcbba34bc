package dev.taxon.sdk;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Looks at something of the server's again and again until it has ended, with pauses that grow to two seconds. No thread
 * is held meanwhile; cancelling the future ends it.
 */
final class Waiting<T> {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final CurrentStep step = new CurrentStep(result);
    private final Calls calls;
    private final Supplier<CompletableFuture<T>> look;
    private final Predicate<T> ended;

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
            if (failure != null) {
                result.completeExceptionally(Futures.unwrap(failure));
            } else {
                endOrSleep(value, pause);
            }
        });
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
