package dev.taxon.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.WireJson;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rebuilds typed exceptions from answers that say no, whoever wrote them: Taxon, or a proxy on the way. */
final class Failures {

    static final String REQUEST_ID = "X-Request-Id";

    /** Statuses that gateways and overloaded servers give, and that may be gone at the next attempt. */
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

    private static final int LONGEST_DETAIL = 500;

    private Failures() {}

    static TaxonException of(int status, HttpHeaders headers, byte[] body, Clock clock) {
        return exception(failure(status, headers, problem(body), clock));
    }

    /** The exception of a row that failed alone. */
    static TaxonException of(Problem problem, String requestId) {
        return exception(new Failure(
                message(problem.status(), problem, requestId),
                problem.status(),
                problem.code(),
                requestId,
                problem.retryable(),
                problem.at(),
                null));
    }

    /** Of something that ended badly at the server and says why where it can; the call that told of it went well. */
    static Failure ofEnded(String what, @Nullable Problem problem) {
        if (problem == null) {
            return Failure.unanswered(what, false);
        }
        String message = problem.detail() == null ? what : what + ": " + cut(problem.detail());
        return new Failure(message, 0, problem.code(), problem.requestId(), problem.retryable(), problem.at(), null);
    }

    private static Failure failure(int status, HttpHeaders headers, @Nullable Problem problem, Clock clock) {
        String requestId = headers.firstValue(REQUEST_ID).orElse(problem == null ? null : problem.requestId());
        return new Failure(
                message(status, problem, requestId),
                status,
                problem == null ? null : problem.code(),
                requestId,
                retryable(status, problem),
                problem == null ? null : problem.at(),
                headers.firstValue("Retry-After")
                        .flatMap(value -> RetryAfter.parse(value, clock.instant()))
                        .orElse(null));
    }

    /** A body is a problem of ours only where it says what ours all say; any other JSON is somebody else's. */
    private static @Nullable Problem problem(byte[] body) {
        try {
            JsonNode read = WireJson.readTolerant(body, JsonNode.class);
            boolean ours =
                    read.path("code").isTextual() && read.path("retryable").isBoolean();
            return ours ? WireJson.tolerantReader(Problem.class).readValue(read) : null;
        } catch (IOException notOurs) {
            return null;
        }
    }

    /** What the server says counts; where it was not the server who answered, the status tells. */
    private static boolean retryable(int status, @Nullable Problem problem) {
        return problem == null ? PASSING.contains(status) : problem.retryable();
    }

    private static TaxonException exception(Failure failure) {
        return switch (failure.status()) {
            case 401 -> new AuthenticationException(failure);
            case 403 -> new PermissionException(failure);
            case 404 -> new NotFoundException(failure);
            case 408 -> new TaxonTimeoutException(failure, null);
            case 409 -> new ConflictException(failure);
            case 412 -> new PreconditionFailedException(failure);
            case 429 -> new RateLimitException(failure);
            case 503 -> new OverloadedException(failure);
            default ->
                failure.status() >= 400 && failure.status() < 500
                        ? new BadRequestException(failure)
                        : new ServerException(failure);
        };
    }

    private static String message(int status, @Nullable Problem problem, @Nullable String requestId) {
        StringBuilder message = new StringBuilder().append(status);
        if (problem != null) {
            message.append(' ').append(problem.code());
            Optional.ofNullable(problem.at())
                    .ifPresent(at -> message.append(" at ").append(at));
            Optional.ofNullable(problem.detail())
                    .map(Failures::cut)
                    .ifPresent(detail -> message.append(": ").append(detail));
        }
        Optional.ofNullable(requestId)
                .ifPresent(id -> message.append(" (request ").append(id).append(')'));
        return message.toString();
    }

    private static String cut(String detail) {
        return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + "...";
    }
}
