package dev.taxon.serving.batching;

import java.time.Duration;

/** This node cannot answer in time: its queue is full, a deadline passed, or it is stopping. */
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public OverloadedException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** When trying again is worth it. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
