package dev.taxon.core.prompt;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a long text into windows of its tokens. Neighbours share an eighth of a window, at most {@link #OVERLAP} tokens,
 * so that a sentence at a border stands whole in one of them.
 */
final class Windows {
    static final int OVERLAP = 64;

    private Windows() {}

    /** A part of a text: tokens from start up to, not including, end. */
    record Window(int start, int end) {
        int length() {
            return end - start;
        }
    }

    /**
     * The windows of a text, as few as there can be and of even lengths.
     *
     * @param tokens tokens of the text, at least one
     * @param room the most tokens of a window, at least one
     */
    static List<Window> of(int tokens, int room) {
        if (tokens <= room) {
            return List.of(new Window(0, tokens));
        }
        int overlap = Math.min(OVERLAP, room / 8);
        int count = ceilingOfQuotient(tokens - overlap, room - overlap);
        List<Window> windows = new ArrayList<>();
        for (int window = 0; window < count; window++) {
            // Starts are spread evenly from the first to the one that ends with the text.
            int start = (int) ((long) window * (tokens - room) / (count - 1));
            windows.add(new Window(start, start + room));
        }
        return windows;
    }

    private static int ceilingOfQuotient(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
