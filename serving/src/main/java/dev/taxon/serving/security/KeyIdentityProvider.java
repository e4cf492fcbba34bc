package dev.taxon.serving.security;

import dev.taxon.serving.tenant.KeyOwner;
import dev.taxon.serving.tenant.KeyVerifier;
import dev.taxon.serving.tenant.Scope;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;

/** Turns a presented key into its tenant, with the key's scopes as roles. */
@Singleton
final class KeyIdentityProvider implements IdentityProvider<PresentedKey> {
    private final KeyVerifier verifier;

    KeyIdentityProvider(KeyVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public Class<PresentedKey> getRequestType() {
        return PresentedKey.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(PresentedKey presented, AuthenticationRequestContext context) {
        if (verifier.remembers(presented.key())) {
            return Uni.createFrom().item(() -> identify(presented));
        }
        return context.runBlocking(() -> identify(presented));
    }

    private SecurityIdentity identify(PresentedKey presented) {
        KeyOwner owner = verifier.verify(presented.key()).orElseThrow(AuthenticationFailedException::new);
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(owner)
                .addRoles(owner.scopes().stream().map(Scope::word).collect(Collectors.toSet()))
                .build();
    }
}
