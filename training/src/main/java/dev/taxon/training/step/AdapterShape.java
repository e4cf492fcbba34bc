package dev.taxon.training.step;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which linear layers an adapter changes and how far.
 *
 * @param ranks by the layers' names, in a fixed order
 * @param scale what updates are multiplied by: alpha over rank, or over its root
 */
public record AdapterShape(Map<String, Integer> ranks, double scale) {
    public AdapterShape {
        ranks = Collections.unmodifiableMap(new LinkedHashMap<>(ranks));
        if (ranks.isEmpty() || ranks.values().stream().anyMatch(rank -> rank < 1)) {
            throw new IllegalArgumentException("An adapter changes at least one layer, each with a rank from 1 on.");
        }
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("What updates are scaled by must be above 0.");
        }
    }
}
