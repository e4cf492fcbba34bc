package dev.taxon.serving.http;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.batching.OverloadedException;
import dev.taxon.serving.tenant.DatabaseException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where exceptions become answers. */
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @ServerExceptionMapper
    public Response problem(ProblemException exception, RoutingContext routing) {
        return ProblemResponse.of(routing, exception);
    }

    @ServerExceptionMapper
    public Response overloaded(OverloadedException exception, RoutingContext routing) {
        return answer(routing, ErrorCode.OVERLOADED, String.valueOf(exception.getMessage()), exception.retryAfter());
    }

    @ServerExceptionMapper
    public Response database(DatabaseException exception, RoutingContext routing) {
        LOG.error(SafeTrace.of(Call.of(routing).requestId(), exception));
        return answer(routing, ErrorCode.OVERLOADED, "The database does not answer. Try again.", PAUSE);
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    public Response unauthenticated(RoutingContext routing) {
        return answer(
                routing,
                ErrorCode.UNAUTHENTICATED,
                "Send a key of your tenant as 'Authorization: Bearer tx_...'; a revoked or mistyped one is not known.");
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException exception, RoutingContext routing) {
        return answer(routing, ErrorCode.FORBIDDEN, "This key lacks the scope that the route asks for.");
    }

    @ServerExceptionMapper
    public Response notFound(NotFoundException exception, RoutingContext routing) {
        return answer(routing, ErrorCode.NOT_FOUND, "There is no such route; /q/openapi lists them.");
    }

    @ServerExceptionMapper
    public Response notAllowed(NotAllowedException exception, RoutingContext routing) {
        return answer(routing, ErrorCode.METHOD_NOT_ALLOWED, "The route takes other methods; /q/openapi says which.");
    }

    @ServerExceptionMapper
    public Response notAcceptable(NotAcceptableException exception, RoutingContext routing) {
        return answer(routing, ErrorCode.NOT_ACCEPTABLE, "The route answers with application/json.");
    }

    @ServerExceptionMapper
    public Response notSupported(NotSupportedException exception, RoutingContext routing) {
        return answer(
                routing, ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send the body with 'Content-Type: application/json'.");
    }

    @ServerExceptionMapper
    public Response unknown(Throwable failure, RoutingContext routing) {
        Throwable cause = unwrap(failure);
        if (cause instanceof OverloadedException overloaded) {
            return overloaded(overloaded, routing);
        }
        if (cause instanceof TimeoutException) {
            return answer(routing, ErrorCode.OVERLOADED, "The deadline passed before the answer was ready.", PAUSE);
        }
        LOG.error(SafeTrace.of(Call.of(routing).requestId(), cause));
        return answer(
                routing,
                ErrorCode.INTERNAL,
                "Something broke that should not. The server's log has the details under this request id.");
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static Response answer(RoutingContext routing, ErrorCode code, String detail) {
        return ProblemResponse.of(routing, new ProblemException(code, detail));
    }

    private static Response answer(RoutingContext routing, ErrorCode code, String detail, Duration retryAfter) {
        return ProblemResponse.of(routing, new ProblemException(Problem.of(code, detail), retryAfter));
    }
}
