package dev.taxon.serving.security;

import dev.taxon.serving.tenant.ApiKey;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** A key that a caller sent and nobody has verified yet. */
final class PresentedKey extends BaseAuthenticationRequest {
    private final ApiKey key;

    PresentedKey(ApiKey key) {
        this.key = key;
    }

    ApiKey key() {
        return key;
    }
}
