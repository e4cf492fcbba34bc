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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns a presented key into its tenant, with the key's scopes as roles; a suspended tenant has none. */
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
        // One look at the memory: between two, what is remembered may expire, and this thread must never wait.
        return verifier.remembered(presented.key())
                .map(owner -> Uni.createFrom().item(() -> identify(owner)))
                .orElseGet(() -> context.runBlocking(() -> identify(verifier.verify(presented.key()))));
    }

    private static SecurityIdentity identify(Optional<KeyOwner> verified) {
        KeyOwner owner = verified.orElseThrow(AuthenticationFailedException::new);
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(owner)
                .addRoles(owner.suspended() ? Set.of() : roles(owner))
                .build();
    }

    private static Set<String> roles(KeyOwner owner) {
        return owner.scopes().stream().map(Scope::word).collect(Collectors.toSet());
    }
}
