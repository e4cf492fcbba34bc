package dev.taxon.serving.http;

import dev.taxon.serving.batching.Deadline;
import io.vertx.ext.web.RoutingContext;

/**
 * One HTTP call as every layer knows it.
 *
 * @param requestId the word that finds this call again in answers and logs
 * @param deadline the moment after which the caller no longer waits
 */
public record Call(String requestId, Deadline deadline) {
    private static final String SLOT = Call.class.getName();

    /** The call that a routing context carries. */
    public static Call of(RoutingContext routing) {
        return routing.get(SLOT);
    }

    void attachTo(RoutingContext routing) {
        routing.put(SLOT, this);
    }
}
