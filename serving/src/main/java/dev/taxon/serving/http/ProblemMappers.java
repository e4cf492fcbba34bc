package dev.taxon.serving.http;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.batching.OverloadedException;
import dev.taxon.serving.database.DatabaseException;
import dev.taxon.serving.database.Violation;
import dev.taxon.serving.log.LogFields;
import dev.taxon.serving.log.SafeTrace;
import dev.taxon.serving.scratch.DiskException;
import dev.taxon.serving.tenant.KeyOwner;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Where exceptions become answers; {@link RouteMappers} has those of calls that reach no resource. */
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    /** No status of HTTP's own: what proxies count a call as whose caller hung up. */
    private static final int CALLER_GONE = 499;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Somebody has to make room. */
    private static final Duration LONG_PAUSE = Duration.ofSeconds(30);

    @ServerExceptionMapper
    public Response problem(ProblemException exception, RoutingContext routing) {
        return ProblemResponse.of(routing, exception);
    }

    @ServerExceptionMapper
    public Response overloaded(OverloadedException exception, RoutingContext routing) {
        return ProblemResponse.of(
                routing, ErrorCode.OVERLOADED, String.valueOf(exception.getMessage()), exception.retryAfter());
    }

    @ServerExceptionMapper
    public Response database(DatabaseException exception, RoutingContext routing) {
        log(routing, exception);
        return ProblemResponse.of(routing, ErrorCode.OVERLOADED, "The database does not answer. Try again.", PAUSE);
    }

    @ServerExceptionMapper
    public Response disk(DiskException exception, RoutingContext routing) {
        log(routing, exception);
        return ProblemResponse.of(
                routing,
                ErrorCode.OVERLOADED,
                "This node's disk is full or does not do its part. Try again later.",
                LONG_PAUSE);
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    public Response unauthenticated(RoutingContext routing) {
        return ProblemResponse.of(
                routing,
                ErrorCode.UNAUTHENTICATED,
                "Send a key of your tenant as 'Authorization: Bearer tx_...'; a revoked or mistyped one is not known.");
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException exception, RoutingContext routing) {
        String why = suspended(routing)
                ? "This tenant is suspended. Ask whoever runs the server."
                : "This key lacks the scope that the route asks for.";
        return ProblemResponse.of(routing, ErrorCode.FORBIDDEN, why);
    }

    private static boolean suspended(RoutingContext routing) {
        return routing.user() instanceof QuarkusHttpUser user
                && user.getSecurityIdentity().getPrincipal() instanceof KeyOwner owner
                && owner.suspended();
    }

    @ServerExceptionMapper
    public Response unknown(Throwable failure, RoutingContext routing) {
        Throwable cause = unwrap(failure);
        if (nobodyReads(cause, routing)) {
            return Response.status(CALLER_GONE).build();
        }
        if (cause instanceof OverloadedException overloaded) {
            return overloaded(overloaded, routing);
        }
        if (cause instanceof DiskException disk) {
            return disk(disk, routing);
        }
        if (cause instanceof DatabaseException database) {
            return database(database, routing);
        }
        if (cause instanceof TimeoutException) {
            return ProblemResponse.of(
                    routing, ErrorCode.OVERLOADED, "The deadline passed before the answer was ready.", PAUSE);
        }
        return Violation.meansUnfitValue(cause) ? unfit(routing) : logged(cause, routing);
    }

    /**
     * Whether the caller hung up, which took its rows along, or did not wait for all that was streamed to it: then nothing
     * broke.
     */
    private static boolean nobodyReads(Throwable cause, RoutingContext routing) {
        boolean unread = cause instanceof IOException && routing.response().closed();
        return cause instanceof CancellationException || unread;
    }

    private static Response unfit(RoutingContext routing) {
        return ProblemResponse.of(
                routing,
                ErrorCode.INVALID_REQUEST,
                "A value cannot be stored: it is too long, or holds a NUL character. Shorten it, or take that out.");
    }

    private static Response logged(Throwable cause, RoutingContext routing) {
        log(routing, cause);
        if (Violation.meansOthersWereFirst(cause)) {
            return ProblemResponse.of(
                    routing,
                    ErrorCode.OVERLOADED,
                    "Other calls were changing the same at the same time. Try again.",
                    PAUSE);
        }
        return ProblemResponse.of(
                routing,
                ErrorCode.INTERNAL,
                "Something broke that should not. The server's log has the details under this request id.");
    }

    /** Fields of the line are set here, as no thread that a failure comes out on knows the call. */
    private static void log(RoutingContext routing, Throwable failure) {
        String requestId = Call.of(routing).requestId();
        MDC.put(LogFields.REQUEST_ID, requestId);
        Optional.<String>ofNullable(routing.get(LogFields.TENANT))
                .ifPresent(tenant -> MDC.put(LogFields.TENANT, tenant));
        try {
            LOG.error(SafeTrace.of(requestId, failure));
        } finally {
            MDC.remove(LogFields.REQUEST_ID);
            MDC.remove(LogFields.TENANT);
        }
    }

    private static Throwable unwrap(Throwable failure) {
        boolean wraps = failure instanceof CompletionException || failure instanceof UncheckedIOException;
        return wraps && failure.getCause() != null ? failure.getCause() : failure;
    }
}
