package dev.taxon.core.adapter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An adapter in memory, checked against a model's shapes. Immutable and thread-safe.
 *
 * @param digest SHA-256 of its content, in hexadecimal; see {@link AdapterDigest}
 * @param updates by the name of the linear layer, such as {@code model.text_projector.linear_1}
 * @param base the digest of the base model that it was trained on; empty leaves the base unverified
 */
public record Adapter(
        String digest, AdapterSettings settings, Map<String, LowRankUpdate> updates, Optional<String> base) {

    public Adapter {
        updates = new LinkedHashMap<>(updates);
    }

    /** The largest rank of its updates; 0 where it has none. */
    public int rank() {
        return updates.values().stream().mapToInt(LowRankUpdate::rank).max().orElse(0);
    }

    /** Refers to it as it stands in memory. */
    public AdapterReference reference() {
        return new AdapterReference(digest, settings, () -> this);
    }

    @Override
    public String toString() {
        return "Adapter[%s, %d updates, rank %d]".formatted(digest, updates.size(), rank());
    }
}
