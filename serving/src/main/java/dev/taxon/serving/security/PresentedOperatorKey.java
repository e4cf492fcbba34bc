package dev.taxon.serving.security;

import dev.taxon.serving.tenant.OperatorKey;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** An operator's key that a caller sent and nobody has verified yet. */
final class PresentedOperatorKey extends BaseAuthenticationRequest {
    private final OperatorKey key;

    PresentedOperatorKey(OperatorKey key) {
        this.key = key;
    }

    OperatorKey key() {
        return key;
    }
}
