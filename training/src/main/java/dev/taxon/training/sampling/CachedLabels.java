package dev.taxon.training.sampling;

import dev.taxon.core.prompt.TokenIds;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers the labels used last, as the same ones come back step after step; bounded. */
final class CachedLabels implements RowTokens {
    private static final int CAPACITY = 4096;

    private final RowTokens tokens;
    private final Map<String, TokenIds> labels = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenIds> eldest) {
            return size() > CAPACITY;
        }
    };

    CachedLabels(RowTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public TokenIds text(String text) {
        return tokens.text(text);
    }

    @Override
    public TokenIds label(String label) {
        return labels.computeIfAbsent(label, tokens::label);
    }
}
