package dev.taxon.core.prompt;

/** A sequence of ids under construction, of a length known beforehand. */
final class IdSequence {
    private final int[] ids;
    private int length;

    IdSequence(int capacity) {
        this.ids = new int[capacity];
    }

    IdSequence add(int id) {
        ids[length++] = id;
        return this;
    }

    /** Appends the first {@code count} ids. */
    IdSequence add(TokenIds tokens, int count) {
        for (int i = 0; i < count; i++) {
            ids[length++] = tokens.at(i);
        }
        return this;
    }

    IdSequence add(TokenIds tokens) {
        return add(tokens, tokens.length());
    }

    TokenIds done() {
        if (length != ids.length) {
            throw new IllegalStateException("A sequence of %d ids was given %d.".formatted(ids.length, length));
        }
        return new TokenIds(ids);
    }
}
