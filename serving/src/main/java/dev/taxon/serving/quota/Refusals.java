package dev.taxon.serving.quota;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.http.ProblemException;
import java.time.Duration;

/** Says no to what exceeds a quota. */
final class Refusals {
    /** For quotas that no passing of time frees: when asking again is worth it at all. */
    private static final Duration LATER = Duration.ofMinutes(1);

    private Refusals() {}

    /** An allowance that is used up until its window ends. */
    static ProblemException usedUp(Remaining remaining, long amount) {
        String words = remaining.allowance().words();
        if (amount > remaining.limit()) {
            return never("The request takes " + amount + " of the " + remaining.limit() + " " + words
                    + " of this tenant's quota. Send fewer a call.");
        }
        String detail = "Of the " + remaining.limit() + " " + words + " of this tenant's quota " + remaining.left()
                + " are left, and the request takes " + amount + ". Wait for as long as Retry-After says.";
        return new ProblemException(Problem.of(ErrorCode.QUOTA_EXCEEDED, detail), remaining.reset());
    }

    /** Something that is freed when other things end. */
    static ProblemException full(String detail) {
        return new ProblemException(Problem.of(ErrorCode.QUOTA_EXCEEDED, detail), LATER);
    }

    /** Something that waiting does not help. */
    static ProblemException never(String detail) {
        return new ProblemException(Problem.of(ErrorCode.QUOTA_EXCEEDED, detail).withRetryable(false), LATER);
    }
}
