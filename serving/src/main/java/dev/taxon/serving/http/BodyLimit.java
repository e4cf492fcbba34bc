package dev.taxon.serving.http;

import dev.taxon.sdk.wire.ErrorCode;

/**
 * How large the body of a call may be.
 *
 * @param bytes the most
 * @param advice what to do with a larger one
 */
public record BodyLimit(long bytes, String advice) {

    /** Refuses a body of so many bytes where that is too many. */
    public void check(long length) {
        if (length > bytes) {
            throw new ProblemException(ErrorCode.PAYLOAD_TOO_LARGE, "The body exceeds " + bytes + " bytes. " + advice);
        }
    }
}
