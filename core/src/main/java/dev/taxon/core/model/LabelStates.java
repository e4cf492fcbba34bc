package dev.taxon.core.model;

import dev.taxon.core.CacheStatistics;
import dev.taxon.core.batch.AdapterRuns;
import dev.taxon.core.batch.TokenBudgetPlanner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The states of labels under their adapters, encoded when first asked for and kept, the least recently used dropped
 * beyond a budget. One model's only. Thread-safe; two threads that miss the same label at once may both encode it.
 */
final class LabelStates {
    /** Encodes labels in one pass: [labels] to [labels][floats of a label's states]. */
    interface Encoder {
        List<float[]> encode(List<LabelKey> labels);
    }

    /** What one pass may hold, marks included, so that its memory has a bound. */
    private static final TokenBudgetPlanner PASSES = new TokenBudgetPlanner(8192, 1024);

    private static final int MOST_FRESH = 1 << 16;

    private final long capacity;
    private final long stateBytes;
    private final LinkedHashMap<LabelKey, float[]> kept = new LinkedHashMap<>(256, 0.75f, true);
    /** Kept, but not yet asked for: who asks first has missed them. */
    private final Set<LabelKey> fresh = new HashSet<>();

    private long hits;
    private long misses;

    /**
     * @param budgetBytes bytes of states to keep
     * @param stateBytes bytes one label's states take
     */
    LabelStates(long budgetBytes, long stateBytes) {
        this.capacity = Math.max(1, budgetBytes / stateBytes);
        this.stateBytes = stateBytes;
    }

    /** The states of each label, in the order given; they need not all fit the budget at once. */
    List<float[]> of(List<LabelKey> labels, Encoder encoder) {
        Map<LabelKey, float[]> states = new HashMap<>();
        encode(missing(labels, states), encoder, states);
        count(labels);
        return labels.stream()
                .map(label -> Objects.requireNonNull(states.get(label)))
                .toList();
    }

    /** Counted where states are asked for: a label is a hit unless it was encoded for this. */
    private void count(List<LabelKey> labels) {
        synchronized (kept) {
            for (LabelKey label : labels) {
                if (!fresh.remove(label)) {
                    hits++;
                }
            }
        }
    }

    /** Encodes what is missing, so that who asks next finds it, and counts it as missed for them. */
    void prepare(List<LabelKey> labels, Encoder encoder) {
        Map<LabelKey, float[]> states = new HashMap<>();
        encode(missing(labels, states), encoder, states);
    }

    /** Whether none of the labels would have to be encoded now. */
    boolean holds(Collection<LabelKey> labels) {
        synchronized (kept) {
            return kept.keySet().containsAll(labels);
        }
    }

    /** Labels that are not kept; the states of those that are go into {@code found}. */
    private List<LabelKey> missing(List<LabelKey> labels, Map<LabelKey, float[]> found) {
        List<LabelKey> missing = new ArrayList<>();
        synchronized (kept) {
            for (LabelKey label : labels) {
                float[] state = kept.get(label);
                if (state == null) {
                    missing.add(label);
                } else {
                    found.put(label, state);
                }
            }
        }
        return missing;
    }

    /**
     * Labels without an adapter in passes of their own: products of some precisions and threads round by how many tokens there are,
     * and what the base says of a label should be the same bits whatever adapters are asked for beside it.
     */
    private void encode(List<LabelKey> unknown, Encoder encoder, Map<LabelKey, float[]> states) {
        Map<Boolean, List<LabelKey>> byAdapted =
                unknown.stream().collect(Collectors.partitioningBy(LabelKey::isAdapted));
        byAdapted.values().forEach(labels -> encodePasses(labels, encoder, states));
    }

    private void encodePasses(List<LabelKey> unknown, Encoder encoder, Map<LabelKey, float[]> states) {
        int[] lengths =
                unknown.stream().mapToInt(label -> label.label().length() + 1).toArray();
        AdapterRuns runs =
                AdapterRuns.of(unknown.stream().map(LabelKey::adapter).toList());
        for (int[] pass : PASSES.plan(lengths, runs)) {
            List<LabelKey> labels = Arrays.stream(pass).mapToObj(unknown::get).toList();
            List<float[]> encoded = encoder.encode(labels);
            for (int i = 0; i < pass.length; i++) {
                states.put(labels.get(i), encoded.get(i));
                keep(labels.get(i), encoded.get(i));
            }
        }
    }

    private void keep(LabelKey label, float[] state) {
        synchronized (kept) {
            misses++;
            if (fresh.size() == MOST_FRESH) {
                // Prepared for passes that failed; a few hits too many are better than a set that grows.
                fresh.clear();
            }
            fresh.add(label);
            kept.put(label, state);
            if (kept.size() > capacity) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
    }

    CacheStatistics statistics() {
        synchronized (kept) {
            return new CacheStatistics(hits, misses, misses * stateBytes, kept.size(), kept.size() * stateBytes);
        }
    }
}
