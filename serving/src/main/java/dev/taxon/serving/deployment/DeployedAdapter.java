package dev.taxon.serving.deployment;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntFunction;

/**
 * What this node knows of an adapter, as of one change of it: which versions answer, and those that were asked for.
 * Replaced as a whole by the next change. Thread-safe.
 */
final class DeployedAdapter {
    private final UUID tenant;
    private final DeploymentState state;
    private final Uses uses = new Uses();
    private final ConcurrentMap<Integer, ServedVersion> versions = new ConcurrentHashMap<>();

    DeployedAdapter(UUID tenant, DeploymentState state) {
        this.tenant = tenant;
        this.state = state;
    }

    UUID tenant() {
        return tenant;
    }

    DeploymentState state() {
        return state;
    }

    Uses uses() {
        return uses;
    }

    /** A version of it, which is looked up where it was not asked for before. */
    ServedVersion version(int number, IntFunction<ServedVersion> lookUp) {
        ServedVersion known = versions.get(number);
        if (known == null) {
            // Not within the map, which would hold up who asks for others.
            known = lookUp.apply(number);
            versions.putIfAbsent(number, known);
        }
        return known;
    }

    /** The version that a call gets which names the adapter alone; empty before the first promotion. */
    Optional<Integer> answering(String routingKey) {
        Integer canary = state.canary();
        Integer percent = state.canaryPercent();
        boolean toCanary =
                canary != null && percent != null && Routing.percentile(state.adapter(), routingKey) < percent;
        return Optional.ofNullable(toCanary ? canary : state.active());
    }
}
