package dev.taxon.sdk;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** How long to wait before the next attempt. */
final class Backoff {

    /** A server that asks for longer is answered by failing at once: the caller knows better what to do meanwhile. */
    static final Duration LONGEST_REQUESTED = Duration.ofSeconds(60);

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private final DoubleSupplier random;

    /** @param random numbers from 0 (inclusive) to 1 (exclusive) */
    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * The wait after this failure: what the server asked for, or else twice as long each time, of which between half
     * and all is drawn at random so that clients that failed together do not come back together.
     *
     * @param attempt attempts made before the one that failed, from 0
     * @return empty where waiting is not worth it
     */
    Optional<Duration> after(int attempt, TaxonException failure) {
        if (failure.retryAfter().isPresent()) {
            return failure.retryAfter().filter(wait -> wait.compareTo(LONGEST_REQUESTED) <= 0);
        }
        long ceiling = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempt, 10));
        return Optional.of(Duration.ofMillis(Math.round(ceiling * (1 - random.getAsDouble() / 2))));
    }
}
