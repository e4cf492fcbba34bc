package dev.taxon.serving.quota;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Meters calls, and tells their senders what is left, whether they pass or not. Thread-safe. */
@Singleton
public final class Meter {
    private static final String POLICY = "RateLimit-Policy";
    private static final String REMAINING = "RateLimit";

    private final Quotas quotas;

    Meter(Quotas quotas) {
        this.quotas = quotas;
    }

    /**
     * Takes a request of this many texts from the tenant's allowances.
     *
     * @throws dev.taxon.serving.http.ProblemException where they do not suffice
     */
    public void take(UUID tenant, int texts, RoutingContext call) {
        try {
            quotas.takeRequest(tenant, texts);
        } finally {
            tell(quotas.remaining(tenant), call);
        }
    }

    private static void tell(List<Remaining> remaining, RoutingContext call) {
        if (!remaining.isEmpty()) {
            call.response().putHeader(POLICY, join(remaining, Remaining::policy));
            call.response().putHeader(REMAINING, join(remaining, Remaining::item));
        }
    }

    private static String join(List<Remaining> remaining, Function<Remaining, String> item) {
        return remaining.stream().map(item).collect(Collectors.joining(", "));
    }
}
