package dev.taxon.serving.batching;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The {@link Demand} of every tenant that asked for anything within the last seconds. Not thread-safe. */
final class Demands {
    /** Who asked longest ago comes first. */
    private final Map<UUID, Demand> byTenant = new LinkedHashMap<>(16, 0.75f, true);

    Demand of(Share share, long nowNanos) {
        byTenant.values().stream()
                .findFirst()
                .filter(eldest -> eldest.old(nowNanos))
                .ifPresent(eldest -> byTenant.values().removeIf(demand -> demand.old(nowNanos)));
        return byTenant.computeIfAbsent(share.tenant(), unknown -> new Demand(nowNanos));
    }

    int size() {
        return byTenant.size();
    }
}
