package dev.taxon.core.prompt;

import java.util.ArrayList;
import java.util.List;

/**
 * A string with markers in it, cut at them as a tokenizer cuts it: plain characters, a marker, plain characters, and so
 * on. A marker that the tokenizer does not know is plain characters, too.
 *
 * @param plains one more than there are markers; some may be empty
 */
record MarkedText(List<String> plains, List<Integer> markers) {
    MarkedText {
        plains = List.copyOf(plains);
        markers = List.copyOf(markers);
    }

    /** The characters before the first marker. */
    String beginning() {
        return plains.get(0);
    }

    /** The tokens from the first marker on. */
    TokenIds rest(Tokenizer tokenizer) {
        List<TokenIds> parts = new ArrayList<>();
        for (int marker = 0; marker < markers.size(); marker++) {
            parts.add(new TokenIds(markers.get(marker)));
            parts.add(tokenizer.encodeInner(plains.get(marker + 1)));
        }
        return TokenIds.joined(parts);
    }

    /** Appends piece by piece. Not thread-safe. */
    static final class Builder {
        private final Tokenizer tokenizer;
        private final List<String> plains = new ArrayList<>();
        private final List<Integer> markers = new ArrayList<>();
        private final StringBuilder plain = new StringBuilder();

        Builder(Tokenizer tokenizer) {
            this.tokenizer = tokenizer;
        }

        Builder plain(String characters) {
            plain.append(characters);
            return this;
        }

        Builder marker(int id) {
            plains.add(plain.toString());
            plain.setLength(0);
            markers.add(id);
            return this;
        }

        /** A marker by its name, such as {@code <<EXAMPLE>>}. */
        Builder marker(String name) {
            return tokenizer.reserved(name).map(this::marker).orElseGet(() -> plain(name));
        }

        MarkedText build() {
            List<String> all = new ArrayList<>(plains);
            all.add(plain.toString());
            return new MarkedText(all, markers);
        }
    }
}
