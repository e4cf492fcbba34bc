package dev.taxon.cli.classify;

import dev.taxon.core.adapter.AdapterReference;
import java.util.Map;
import java.util.Optional;

/**
 * Adapters of inputs.
 *
 * @param named those that inputs may name
 * @param others that of inputs which name none
 */
record Adapters(Map<String, AdapterReference> named, Optional<AdapterReference> others) {
    Adapters {
        named = Map.copyOf(named);
    }
}
