package dev.taxon.serving.batching;

import java.time.Duration;
import java.util.Optional;

/** The moment after which an answer is of no use, by the batcher's {@link Ticker}, or never. */
public sealed interface Deadline {

    /** The time that is left, negative once the moment has passed; empty when there is no end to it. */
    Optional<Duration> left(long nowNanos);

    /** True when the moment has passed. */
    default boolean passed(long nowNanos) {
        return passedAfter(nowNanos, 0);
    }

    /** True when so much more time reaches or passes it. */
    default boolean passedAfter(long nowNanos, double waitNanos) {
        return left(nowNanos).filter(left -> left.toNanos() <= waitNanos).isPresent();
    }

    static Deadline never() {
        return new Never();
    }

    /** So much time after a moment. */
    static Deadline after(long startNanos, Duration time) {
        return new At(startNanos + time.toNanos());
    }

    /** No deadline. */
    record Never() implements Deadline {
        @Override
        public Optional<Duration> left(long nowNanos) {
            return Optional.empty();
        }
    }

    /** A moment on the clock. */
    record At(long nanos) implements Deadline {
        @Override
        public Optional<Duration> left(long nowNanos) {
            return Optional.of(Duration.ofNanos(nanos - nowNanos));
        }
    }
}
