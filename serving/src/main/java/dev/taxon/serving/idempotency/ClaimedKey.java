package dev.taxon.serving.idempotency;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.UUID;

/** A key that a call holds. */
record ClaimedKey(UUID tenant, String key, UUID claim) {
    private static final String SLOT = ClaimedKey.class.getName();

    /** The key that the call holds which a routing context carries. */
    static Optional<ClaimedKey> of(RoutingContext routing) {
        return Optional.ofNullable(routing.get(SLOT));
    }

    void attachTo(RoutingContext routing) {
        routing.put(SLOT, this);
    }
}
