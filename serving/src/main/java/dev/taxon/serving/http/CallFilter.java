package dev.taxon.serving.http;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.batching.Deadline;
import dev.taxon.serving.batching.Ticker;
import dev.taxon.serving.config.LimitSettings;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Meets every call first: names it, starts its clock and refuses bodies that announce themselves as too large. */
@Singleton
final class CallFilter {
    /** Before every other filter, so that no answer can miss its request id. */
    private static final int FIRST = 1_000;

    private static final long LONGEST_DEADLINE_MILLIS = Duration.ofDays(1).toMillis();

    private final BodyLimits bodies;
    private final Ticker ticker;

    CallFilter(LimitSettings limits, Ticker ticker) {
        this.bodies = new BodyLimits(limits);
        this.ticker = ticker;
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, FIRST);
    }

    /** What the router itself refuses never reaches a filter. */
    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(CallFilter::refuseUnreadable);
    }

    private static void refuseUnreadable(RoutingContext routing) {
        switch (routing.statusCode()) {
            case 400 -> refuse(routing, unreadable());
            case 404 -> refuse(routing, RouteMappers.noSuchRoute());
            default -> routing.next();
        }
    }

    private static void refuse(RoutingContext routing, ProblemException refused) {
        new Call(name(routing), Deadline.never()).attachTo(routing);
        ProblemResponse.send(routing, refused);
    }

    private static ProblemException unreadable() {
        return new ProblemException(
                ErrorCode.INVALID_REQUEST,
                "The URL or the Host header cannot be read. In a URL, write what is neither letter nor digit as a"
                        + " percent sign and two hexadecimal digits.");
    }

    private static String name(RoutingContext routing) {
        String requestId = RequestIds.acceptOrCreate(routing.request().getHeader(Headers.REQUEST_ID));
        routing.response().putHeader(Headers.REQUEST_ID, requestId);
        return requestId;
    }

    private void handle(RoutingContext routing) {
        String requestId = name(routing);
        try {
            Deadline deadline = deadline(routing.request().getHeader(Headers.DEADLINE));
            new Call(requestId, deadline).attachTo(routing);
            checkUrl(routing.request().uri());
            checkSize(routing);
        } catch (ProblemException refused) {
            new Call(requestId, Deadline.never()).attachTo(routing);
            ProblemResponse.send(routing, refused);
            return;
        }
        routing.next();
    }

    private Deadline deadline(@Nullable String header) {
        if (header == null) {
            return Deadline.never();
        }
        try {
            long millis = Long.parseLong(header);
            if (millis >= 1 && millis <= LONGEST_DEADLINE_MILLIS) {
                return Deadline.after(ticker.nanos(), Duration.ofMillis(millis));
            }
        } catch (NumberFormatException notANumber) {
            // Falls through to the same answer as a number out of range.
        }
        throw new ProblemException(
                ErrorCode.INVALID_REQUEST,
                "The header " + Headers.DEADLINE + " takes whole milliseconds from 1 to " + LONGEST_DEADLINE_MILLIS
                        + ".");
    }

    private static void checkUrl(String url) {
        try {
            String path = new URI(url).getRawPath();
            if (path != null && climbs(path)) {
                throw RouteMappers.noSuchRoute();
            }
        } catch (URISyntaxException notOne) {
            throw unreadable();
        }
    }

    /**
     * Whether a path is another one once its dots are resolved. What stands before a server judges it as it stands:
     * {@code /v1/%2e%2e/q/metrics} would get past whoever passes {@code /v1/} on alone, and a row's identifier of two dots
     * would name the whole data set.
     */
    private static boolean climbs(String path) {
        return Stream.of(path.split("/"))
                .map(segment -> segment.replace("%2e", ".").replace("%2E", "."))
                .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
    }

    private void checkSize(RoutingContext routing) {
        String contentLength = routing.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        // The HTTP server has refused lengths that are no numbers before any filter runs.
        if (contentLength != null) {
            String contentType = routing.request().getHeader(HttpHeaders.CONTENT_TYPE);
            bodies.of(routing.normalizedPath(), contentType).check(Long.parseLong(contentLength));
        }
    }
}
