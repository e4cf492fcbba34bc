package dev.taxon.core.prompt;

import java.util.Arrays;
import java.util.List;

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

    public boolean contains(int wanted) {
        for (int id : ids) {
            if (id == wanted) {
                return true;
            }
        }
        return false;
    }

    /** These ids after one more. */
    public TokenIds after(int first) {
        int[] longer = new int[ids.length + 1];
        longer[0] = first;
        System.arraycopy(ids, 0, longer, 1, ids.length);
        return new TokenIds(longer);
    }

    /** Some sequences one after another. */
    static TokenIds joined(List<TokenIds> parts) {
        return new TokenIds(
                parts.stream().flatMapToInt(part -> Arrays.stream(part.ids)).toArray());
    }

    /** The ids from start up to, not including, end. */
    TokenIds slice(int start, int end) {
        return new TokenIds(Arrays.copyOfRange(ids, start, end));
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

    /** Its length only: ids are a customer's words in another spelling. */
    @Override
    public String toString() {
        return "TokenIds[%d]".formatted(ids.length);
    }
}
