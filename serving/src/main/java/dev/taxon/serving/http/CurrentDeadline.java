package dev.taxon.serving.http;

import dev.taxon.serving.batching.Deadline;
import dev.taxon.serving.batching.OverloadedException;
import dev.taxon.serving.batching.Ticker;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The deadline of the call that the thread answers; never where it answers none. Whatever lets a call wait asks it how long,
 * and whatever works in pieces asks it before each. Thread-safe.
 */
@Singleton
public final class CurrentDeadline {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final CurrentVertxRequest request;
    private final Ticker ticker;

    CurrentDeadline(CurrentVertxRequest request, Ticker ticker) {
        this.request = request;
        this.ticker = ticker;
    }

    /** The deadline itself, for those who watch it on other threads. */
    public Deadline get() {
        return Arc.container().requestContext().isActive()
                ? Optional.ofNullable(request.getCurrent())
                        .flatMap(routing -> Optional.ofNullable(Call.of(routing)))
                        .map(Call::deadline)
                        .orElseGet(Deadline::never)
                : Deadline.never();
    }

    /** How long the call may wait for something: no longer than this, and not beyond its deadline. Negative once that passed. */
    public Duration atMost(Duration longest) {
        return get().left(ticker.nanos())
                .filter(left -> left.compareTo(longest) < 0)
                .orElse(longest);
    }

    /** An answer that fails with a {@link java.util.concurrent.TimeoutException} when it is not there by the deadline. */
    public <T> CompletableFuture<T> bound(CompletableFuture<T> answer) {
        get().left(ticker.nanos()).ifPresent(left -> answer.orTimeout(left.toNanos(), TimeUnit.NANOSECONDS));
        return answer;
    }

    /** Throws {@link OverloadedException} when the deadline has passed: what is done from here on is of use to nobody. */
    public void check() {
        if (get().passed(ticker.nanos())) {
            throw new OverloadedException("The deadline passed before the answer was ready.", PAUSE);
        }
    }
}
