package dev.taxon.serving.security;

import dev.taxon.serving.tenant.KeyOwner;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Whose call a resource of a tenant's routes answers; only on the thread of such a call. */
@Singleton
public final class CallingTenant {
    private final CurrentIdentityAssociation identity;

    CallingTenant(CurrentIdentityAssociation identity) {
        this.identity = identity;
    }

    /** The tenant. */
    public UUID id() {
        return owner().tenant();
    }

    /** The key that the call came with, as it may be shown in an audit: its id. */
    public String keyId() {
        return owner().keyId();
    }

    private KeyOwner owner() {
        return (KeyOwner) identity.getIdentity().getPrincipal();
    }
}
