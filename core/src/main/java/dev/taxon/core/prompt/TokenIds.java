package dev.taxon.core.prompt;

import java.util.Arrays;

/** Token ids of one sequence; immutable, equal by content, so that it can key a cache. */
public final class TokenIds {
    private final int[] ids;
    private final int hash;

    public TokenIds(int... ids) {
        this.ids = ids.clone();
        this.hash = Arrays.hashCode(ids);
    }

    public int length() {
        return ids.length;
    }

    public int at(int position) {
        return ids[position];
    }

    /** Copies the ids into a row of a batch, widening to the 64 bits that embedding look-ups take. */
    public void copyTo(long[] target, int offset) {
        for (int i = 0; i < ids.length; i++) {
            target[offset + i] = ids[i];
        }
    }

    public int[] toArray() {
        return ids.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenIds that && Arrays.equals(ids, that.ids);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return Arrays.toString(ids);
    }
}
