package dev.taxon.training.data.validation;

/**
 * The first row of every text, by fingerprint: 24 bytes a slot, of which a third to two thirds are in use.
 * Open addressing with linear probing. Bounded; what comes after that is not kept.
 */
final class SeenTexts {
    /** No slot: the text is new. */
    static final int NEW = -1;

    private static final int FIRST_SLOTS = 1 << 10;
    private static final int FILE_SHIFT = 48;

    private final int most;
    private long[] texts = new long[FIRST_SLOTS];
    private long[] labels = new long[FIRST_SLOTS];
    private long[] places = new long[FIRST_SLOTS];
    private int size;

    /** @param most texts to keep */
    SeenTexts(int most) {
        this.most = most;
    }

    boolean isFull() {
        return size >= most;
    }

    /** Where the text is kept, or {@link #NEW}. Valid until the next {@link #add}. */
    int find(long text) {
        int slot = slot(texts, key(text));
        return texts[slot] == 0 ? NEW : slot;
    }

    /** Keeps a text that is new. */
    void add(long text, long labelsOfText, int file, long number) {
        if (3L * (size + 1) > 2L * texts.length) {
            grow();
        }
        put(texts, labels, places, key(text), labelsOfText, (long) file << FILE_SHIFT | number);
        size++;
    }

    long labels(int slot) {
        return labels[slot];
    }

    int file(int slot) {
        return (int) (places[slot] >>> FILE_SHIFT);
    }

    long number(int slot) {
        return places[slot] & (1L << FILE_SHIFT) - 1;
    }

    private void grow() {
        long[] widerTexts = new long[2 * texts.length];
        long[] widerLabels = new long[2 * texts.length];
        long[] widerPlaces = new long[2 * texts.length];
        for (int slot = 0; slot < texts.length; slot++) {
            if (texts[slot] != 0) {
                put(widerTexts, widerLabels, widerPlaces, texts[slot], labels[slot], places[slot]);
            }
        }
        texts = widerTexts;
        labels = widerLabels;
        places = widerPlaces;
    }

    private static void put(long[] texts, long[] labels, long[] places, long text, long labelsOfText, long place) {
        int slot = slot(texts, text);
        texts[slot] = text;
        labels[slot] = labelsOfText;
        places[slot] = place;
    }

    private static int slot(long[] texts, long key) {
        int slot = (int) (key >>> 32) & texts.length - 1;
        while (texts[slot] != 0 && texts[slot] != key) {
            slot = slot + 1 & texts.length - 1;
        }
        return slot;
    }

    /** Zero marks an empty slot. */
    private static long key(long text) {
        return text == 0 ? 1 : text;
    }
}
