package dev.taxon.core.model;

import dev.taxon.core.prompt.TokenIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The states of labels, encoded when first asked for and kept, the least recently used dropped beyond a budget. One
 * model's only, so base and adapter need not be part of the key. Confined to the device thread.
 */
final class LabelStates {
    /** Encodes labels of like lengths in one pass: [labels] to [labels][floats of a label's states]. */
    interface Encoder {
        List<float[]> encode(List<TokenIds> labels);
    }

    private static final int LABELS_A_PASS = 256;

    private final Encoder encoder;
    private final long capacity;
    private final LinkedHashMap<TokenIds, float[]> kept = new LinkedHashMap<>(256, 0.75f, true);

    /**
     * @param budgetBytes bytes of states to keep
     * @param stateBytes bytes one label's states take
     */
    LabelStates(Encoder encoder, long budgetBytes, long stateBytes) {
        this.encoder = encoder;
        this.capacity = Math.max(1, budgetBytes / stateBytes);
    }

    /** The states of each label, in the order given; they need not all fit the budget at once. */
    List<float[]> of(List<TokenIds> labels) {
        Map<TokenIds, float[]> states = new HashMap<>();
        List<TokenIds> unknown = new ArrayList<>();
        for (TokenIds label : labels) {
            float[] state = kept.get(label);
            if (state == null) {
                unknown.add(label);
            } else {
                states.put(label, state);
            }
        }
        encode(unknown, states);
        return labels.stream()
                .map(label -> Objects.requireNonNull(states.get(label)))
                .toList();
    }

    private void encode(List<TokenIds> unknown, Map<TokenIds, float[]> states) {
        // Like lengths together, so that little is padded.
        unknown.sort(Comparator.comparingInt(TokenIds::length));
        for (int first = 0; first < unknown.size(); first += LABELS_A_PASS) {
            List<TokenIds> pass = unknown.subList(first, Math.min(unknown.size(), first + LABELS_A_PASS));
            List<float[]> encoded = encoder.encode(pass);
            for (int i = 0; i < pass.size(); i++) {
                states.put(pass.get(i), encoded.get(i));
                keep(pass.get(i), encoded.get(i));
            }
        }
    }

    private void keep(TokenIds label, float[] state) {
        kept.put(label, state);
        if (kept.size() > capacity) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    int size() {
        return kept.size();
    }
}
