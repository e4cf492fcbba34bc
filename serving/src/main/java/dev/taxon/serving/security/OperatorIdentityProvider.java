package dev.taxon.serving.security;

import dev.taxon.serving.tenant.OperatorKey;
import dev.taxon.serving.tenant.OperatorKeys;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Turns a presented operator's key into an operator, with the one role that no tenant has. */
@Singleton
final class OperatorIdentityProvider implements IdentityProvider<PresentedOperatorKey> {
    private final OperatorKeys keys;

    OperatorIdentityProvider(OperatorKeys keys) {
        this.keys = keys;
    }

    @Override
    public Class<PresentedOperatorKey> getRequestType() {
        return PresentedOperatorKey.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(PresentedOperatorKey presented, AuthenticationRequestContext context) {
        return context.runBlocking(() -> identify(presented.key()));
    }

    private SecurityIdentity identify(OperatorKey key) {
        if (!keys.verify(key)) {
            throw new AuthenticationFailedException();
        }
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new Operator(key.id()))
                .addRole(Operator.ROLE)
                .build();
    }
}
