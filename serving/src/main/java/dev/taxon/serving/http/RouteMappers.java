package dev.taxon.serving.http;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Answers calls that reach no resource: other paths, methods and types than those there are. */
public class RouteMappers {
    /** What the framework cannot read as a parameter is not found to it, too. */
    @ServerExceptionMapper
    public Response notFound(NotFoundException exception, RoutingContext routing, SimpleResourceInfo resource) {
        return ProblemResponse.of(
                routing,
                NumberParameters.misread(resource, routing.queryParams())
                        .map(RouteMappers::noNumber)
                        .orElseGet(() -> resource.getResourceClass() == null ? noSuchRoute() : noSuchVersion()));
    }

    private static ProblemException noNumber(String parameter) {
        return new ProblemException(Problem.of(
                        ErrorCode.INVALID_REQUEST,
                        "The parameter '" + parameter + "' is a whole number, and not a huge one.")
                .withAt(parameter));
    }

    @ServerExceptionMapper
    public Response notAllowed(NotAllowedException exception, RoutingContext routing) {
        Optional<ContractRoute> route = ContractRoutes.find(routing.normalizedPath());
        return notAllowed(route.map(ContractRoute::allow).orElse(""), routing);
    }

    @ServerExceptionMapper
    public Response notAcceptable(NotAcceptableException exception, RoutingContext routing) {
        return ProblemResponse.of(routing, ErrorCode.NOT_ACCEPTABLE, "The route answers with application/json.");
    }

    @ServerExceptionMapper
    public Response notSupported(NotSupportedException exception, RoutingContext routing) {
        return ProblemResponse.of(
                routing,
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                "The route takes bodies of another type: application/json, or for files those that /q/openapi lists."
                        + " Name it in 'Content-Type'.");
    }

    /** The numbers in paths are those of versions: where there is a route, it is one of them that was no such number. */
    private static ProblemException noSuchVersion() {
        return new ProblemException(
                ErrorCode.NOT_FOUND, "There is no such version; GET the versions to see those there are.");
    }

    static ProblemException noSuchRoute() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such route; /q/openapi lists them.");
    }

    private static Response notAllowed(String allow, RoutingContext routing) {
        Response answer = ProblemResponse.of(
                routing, ErrorCode.METHOD_NOT_ALLOWED, "The route takes other methods; the header Allow lists them.");
        return Response.fromResponse(answer).header(HttpHeaders.ALLOW, allow).build();
    }
}
