package dev.taxon.serving.tenant;

import java.security.Principal;
import java.util.Set;
import java.util.UUID;

/**
 * Who calls, by a key that was verified, and what the key is good for.
 *
 * @param suspended whether an operator keeps the tenant from using any key
 */
public record KeyOwner(UUID tenant, String keyId, Set<Scope> scopes, boolean suspended) implements Principal {

    public KeyOwner {
        scopes = Set.copyOf(scopes);
    }

    @Override
    public String getName() {
        return keyId;
    }
}
