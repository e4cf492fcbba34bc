package dev.taxon.serving.audit;

import dev.taxon.serving.http.Call;
import dev.taxon.serving.security.Operator;
import io.quarkus.arc.Arc;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is behind what this thread does. */
@Singleton
final class Caller {
    /** Who does what no call asked for. */
    private static final String WORKER = "worker";

    private final CurrentVertxRequest request;
    private final CurrentIdentityAssociation identity;

    Caller(CurrentVertxRequest request, CurrentIdentityAssociation identity) {
        this.request = request;
        this.identity = identity;
    }

    /** Whose key the call came with, and which. */
    String actor() {
        return principal().map(Caller::word).orElse(WORKER);
    }

    private static String word(Principal principal) {
        return (principal instanceof Operator ? "operator:" : "key:") + principal.getName();
    }

    @Nullable
    String requestId() {
        return routing().map(Call::of).map(Call::requestId).orElse(null);
    }

    private Optional<Principal> principal() {
        return routing().map(call -> identity.getIdentity().getPrincipal());
    }

    private Optional<RoutingContext> routing() {
        return Arc.container().requestContext().isActive()
                ? Optional.ofNullable(request.getCurrent())
                : Optional.empty();
    }
}
