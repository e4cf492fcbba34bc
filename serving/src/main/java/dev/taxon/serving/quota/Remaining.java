package dev.taxon.serving.quota;

import java.time.Duration;

/**
 * What is left of an allowance, as this node knows it.
 *
 * @param limit how much a window has
 * @param left how much of this one is left
 * @param reset until the next window
 */
record Remaining(Allowance allowance, long limit, long left, Duration reset) {

    /** An item of the header {@code RateLimit-Policy}. */
    String policy() {
        return "\"%s\";q=%d;w=%d"
                .formatted(allowance.word(), limit, allowance.window().toSeconds());
    }

    /** An item of the header {@code RateLimit}. */
    String item() {
        return "\"%s\";r=%d;t=%d"
                .formatted(allowance.word(), left, reset.plusMillis(999).toSeconds());
    }
}
