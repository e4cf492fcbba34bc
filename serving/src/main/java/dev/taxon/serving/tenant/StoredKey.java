package dev.taxon.serving.tenant;

import java.security.MessageDigest;
import java.util.Set;
import java.util.UUID;

/** A key as the database holds it, neither revoked nor unknown. */
record StoredKey(String id, UUID tenant, byte[] secretHash, Set<Scope> scopes, boolean suspended) {

    StoredKey {
        secretHash = secretHash.clone();
        scopes = Set.copyOf(scopes);
    }

    /** Compares in a time that does not depend on where the secrets differ. */
    boolean matches(ApiKey presented) {
        return MessageDigest.isEqual(secretHash, presented.secretHash());
    }

    KeyOwner owner() {
        return new KeyOwner(tenant, id, scopes, suspended);
    }
}
