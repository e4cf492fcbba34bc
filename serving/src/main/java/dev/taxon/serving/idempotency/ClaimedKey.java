package dev.taxon.serving.idempotency;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key that a call holds.
 *
 * @param done what the call changed when it was made before and its answer never came, as JSON; null for nothing
 */
record ClaimedKey(
        UUID tenant, String key, UUID claim, @Nullable String done) {
    private static final String SLOT = ClaimedKey.class.getName();

    /** The key that the call holds which a routing context carries. */
    static Optional<ClaimedKey> of(RoutingContext routing) {
        return Optional.ofNullable(routing.get(SLOT));
    }

    void attachTo(RoutingContext routing) {
        routing.put(SLOT, this);
    }
}
