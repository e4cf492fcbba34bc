package dev.taxon.serving.http;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.WireJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes problems, the same way from every layer. */
public final class ProblemResponse {
    private ProblemResponse() {}

    /** The problem as an answer of a resource. */
    static Response of(RoutingContext routing, ProblemException exception) {
        Response.ResponseBuilder answer = Response.status(exception.problem().status())
                .type(Problem.MEDIA_TYPE)
                .entity(body(routing, exception.problem()));
        headers(exception).forEach(answer::header);
        return answer.build();
    }

    /** A problem of this kind as an answer of a resource. */
    static Response of(RoutingContext routing, ErrorCode code, String detail) {
        return of(routing, new ProblemException(code, detail));
    }

    /** A problem of this kind that goes away after a while. */
    static Response of(RoutingContext routing, ErrorCode code, String detail, Duration retryAfter) {
        return of(routing, new ProblemException(Problem.of(code, detail), retryAfter));
    }

    /** Answers with the problem where no resource is in charge, and lets the rest of the body run out unread. */
    public static void send(RoutingContext routing, ProblemException exception) {
        routing.response().setStatusCode(exception.problem().status());
        routing.response().putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers(exception).forEach((name, value) -> routing.response().putHeader(name, value));
        routing.response().end(Buffer.buffer(body(routing, exception.problem())));
        routing.request().resume();
    }

    private static byte[] body(RoutingContext routing, Problem problem) {
        return WireJson.bytes(problem.withInstance(routing.request().path())
                .withRequestId(Call.of(routing).requestId()));
    }

    private static Map<String, String> headers(ProblemException exception) {
        Map<String, String> headers = new LinkedHashMap<>();
        exception.retryAfter().ifPresent(wait -> headers.put("Retry-After", seconds(wait)));
        if (exception
                .problem()
                .errorCode()
                .filter(ErrorCode.UNAUTHENTICATED::equals)
                .isPresent()) {
            headers.put("WWW-Authenticate", "Bearer realm=\"taxon\"");
        }
        return headers;
    }

    private static String seconds(Duration wait) {
        return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
    }
}
