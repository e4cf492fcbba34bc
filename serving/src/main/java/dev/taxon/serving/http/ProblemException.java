package dev.taxon.serving.http;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stops a call with a problem for its sender. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final Duration SOON = Duration.ofSeconds(1);

    private final transient Problem problem;
    private final @Nullable Duration retryAfter;

    public ProblemException(Problem problem) {
        this(problem, null);
    }

    public ProblemException(ErrorCode code, String detail) {
        this(Problem.of(code, detail), null);
    }

    /** A problem that goes away: when is told in {@code Retry-After}. */
    public ProblemException(Problem problem, @Nullable Duration retryAfter) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** The same, at this place of the request, where it does not name one itself. */
    public ProblemException at(String place) {
        return problem.at() == null ? new ProblemException(problem.withAt(place), retryAfter) : this;
    }

    /** A conflict that waiting ends: the same call, made again, may succeed. */
    public static ProblemException untilLater(String detail) {
        return new ProblemException(Problem.of(ErrorCode.CONFLICT, detail).withRetryable(true), SOON);
    }

    public Problem problem() {
        return problem;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
