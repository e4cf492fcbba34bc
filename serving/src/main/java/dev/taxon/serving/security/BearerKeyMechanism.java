package dev.taxon.serving.security;

import dev.taxon.serving.log.LogFields;
import dev.taxon.serving.tenant.ApiKey;
import dev.taxon.serving.tenant.KeyOwner;
import dev.taxon.serving.tenant.OperatorKey;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code Authorization: Bearer tx_<id>_<secret>} of calls below {@code /v1}, and of no others; an operator's key
 * has {@code txo_} in front.
 */
@Singleton
final class BearerKeyMechanism implements HttpAuthenticationMechanism {
    private static final String PATHS = "/v1/";
    private static final String SCHEME = "Bearer ";

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext routing, IdentityProviderManager identities) {
        String header = routing.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !routing.normalizedPath().startsWith(PATHS)) {
            return Uni.createFrom().nullItem();
        }
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().failure(new AuthenticationFailedException());
        }
        return presented(header.substring(SCHEME.length()).strip())
                .map(request -> identities.authenticate(request).invoke(identity -> tell(routing, identity)))
                .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
    }

    /** Whoever logs something of this call says whose it is. */
    private static void tell(RoutingContext routing, SecurityIdentity identity) {
        if (identity.getPrincipal() instanceof KeyOwner owner) {
            routing.put(LogFields.TENANT, owner.tenant().toString());
        }
    }

    private static Optional<AuthenticationRequest> presented(String token) {
        Optional<AuthenticationRequest> operator = OperatorKey.parse(token).map(PresentedOperatorKey::new);
        return operator.isPresent() ? operator : ApiKey.parse(token).map(PresentedKey::new);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext routing) {
        return Uni.createFrom()
                .item(new ChallengeData(HttpResponseStatus.UNAUTHORIZED.code(), "WWW-Authenticate", SCHEME.strip()));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(PresentedKey.class, PresentedOperatorKey.class);
    }
}
