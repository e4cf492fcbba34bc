package dev.taxon.core.prompt;

import dev.taxon.core.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Token ids of labels, kept for the labels used last: label sets recur with every text. Thread-safe. */
final class LabelTokens {
    /** Longer labels are rare, and keeping them would let a few requests fill the memory. */
    static final int LONGEST_KEPT = 200;

    private final Function<String, TokenIds> tokenizer;
    private final Map<String, TokenIds> recent;

    LabelTokens(Function<String, TokenIds> tokenizer, int capacity) {
        this.tokenizer = tokenizer;
        this.recent = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, TokenIds> eldest) {
                return size() > capacity;
            }
        };
    }

    /** The ids of each label. Throws {@link InputException} for one without any. */
    List<TokenIds> encode(List<String> labels) {
        List<TokenIds> encoded = new ArrayList<>(labels.size());
        for (String label : labels) {
            TokenIds ids = encode(label);
            if (ids.length() == 0) {
                throw new InputException(
                        InputException.Reason.INVALID,
                        "labels[" + encoded.size() + "]",
                        "labels[%d] is blank; give every label a name.".formatted(encoded.size()));
            }
            encoded.add(ids);
        }
        return encoded;
    }

    private TokenIds encode(String label) {
        if (label.length() > LONGEST_KEPT) {
            return tokenizer.apply(label);
        }
        TokenIds known = find(label);
        return known == null ? keep(label, tokenizer.apply(label)) : known;
    }

    private synchronized @Nullable TokenIds find(String label) {
        return recent.get(label);
    }

    private synchronized TokenIds keep(String label, TokenIds ids) {
        recent.put(label, ids);
        return ids;
    }

    synchronized int size() {
        return recent.size();
    }
}
