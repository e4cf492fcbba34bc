package dev.taxon.core.model;

import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.LowRankUpdate;
import java.util.ArrayList;
import java.util.List;

/**
 * What adapters must have in common to run in one product: for each linear layer of the model in turn its rank, 0 where
 * it has no update, and whether the update has a shift.
 */
public record AdapterShape(List<Integer> ranks, List<Boolean> shifts) {

    static AdapterShape of(Adapter adapter, List<String> layers) {
        List<Integer> ranks = new ArrayList<>();
        List<Boolean> shifts = new ArrayList<>();
        for (String layer : layers) {
            LowRankUpdate update = adapter.updates().get(layer);
            ranks.add(update == null ? 0 : update.rank());
            shifts.add(update != null && update.shift() != null);
        }
        return new AdapterShape(List.copyOf(ranks), List.copyOf(shifts));
    }

    /** Of all layers. */
    int largestRank() {
        return ranks.stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
