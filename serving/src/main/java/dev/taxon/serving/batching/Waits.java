package dev.taxon.serving.batching;

import java.time.Duration;

/**
 * The estimated waits behind other requests from which a request is refused. Where one is longer than the longest, the
 * longest counts.
 *
 * @param longest of any request
 * @param usual of a request of little work; one of much work may wait {@value #PATIENCE} times as long as it takes itself
 * @param overflow of a tenant of whose requests more are refused than taken in, beside what the request takes itself
 */
public record Waits(Duration longest, Duration usual, Duration overflow) {
    private static final int PATIENCE = 10;

    public Waits {
        if (longest.isNegative() || usual.isNegative() || overflow.isNegative()) {
            throw new IllegalArgumentException("How long a request may wait must not be negative.");
        }
    }

    /** One for all requests, whatever their work. */
    static Waits upTo(Duration longest) {
        return new Waits(longest, longest, longest);
    }

    /** Nanoseconds that a request of so much work may wait. */
    double of(double work, boolean overflows) {
        double wait = overflows ? overflow.toNanos() + work : Math.max(usual.toNanos(), PATIENCE * work);
        return Math.min(wait, longest.toNanos());
    }
}
