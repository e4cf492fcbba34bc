package dev.taxon.sdk;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TaxonException} knows.
 *
 * @param status the HTTP status, 0 where no answer came
 */
record Failure(
        String message,
        int status,
        @Nullable String code,
        @Nullable String requestId,
        boolean retryable,
        @Nullable String place,
        @Nullable Duration retryAfter)
        implements Serializable {

    /** A failure before any answer came. */
    static Failure unanswered(String message, boolean retryable) {
        return new Failure(message, 0, null, null, retryable, null, null);
    }

    /** An answer that claims success and cannot be used. */
    static Failure unreadable(String message, int status, @Nullable String requestId) {
        return new Failure(message, status, null, requestId, false, null, null);
    }
}
