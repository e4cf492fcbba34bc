package dev.taxon.serving.batching;

import java.time.Duration;

/** This node cannot answer in time: its queue is full, a deadline passed, or it is stopping. */
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public OverloadedException(String message, Duration retryAfter) {
        // Thrown most when there is least time: no trace, and nothing to trace.
        super(message, null, false, false);
        this.retryAfter = retryAfter;
    }

    /** When trying again is worth it. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
