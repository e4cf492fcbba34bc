package dev.taxon.serving.http;

import dev.taxon.sdk.wire.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Tags of what changes, for callers that change it only as they know it ({@code ETag}, {@code If-Match}). */
public final class EntityTag {
    private EntityTag() {}

    /** The tag of a state that is numbered. */
    public static String of(long number) {
        return "\"" + number + "\"";
    }

    /**
     * Holds a call to its {@code If-Match}.
     *
     * @throws ProblemException of {@code precondition_failed} when it names other states than this one
     */
    public static void check(@Nullable String ifMatch, long number) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return;
        }
        for (String tag : ifMatch.split(",")) {
            if (tag.strip().equals(of(number))) {
                return;
            }
        }
        throw new ProblemException(
                ErrorCode.PRECONDITION_FAILED,
                "It has changed since you read it. Read it again, and send the new ETag in If-Match.");
    }
}
