package dev.taxon.training.sampling;

/**
 * A set's rows in the order they are drawn, for ever: each epoch is a permutation of its own, so no row is drawn again
 * before all were.
 */
final class RowSequence {
    private static final long PURPOSE = 1;

    private final long seed;
    private final long set;
    private final int size;
    private long epoch = -1;
    private int[] order = {};

    /** @param set number of the set's name, so that adding a set leaves the order of the others */
    RowSequence(long seed, long set, int size) {
        this.seed = seed;
        this.set = set;
        this.size = size;
    }

    /** The row drawn at a position from 0. */
    int at(long position) {
        long wanted = position / size;
        if (wanted != epoch) {
            order = Randomness.of(seed, PURPOSE, set, wanted).permutation(size);
            epoch = wanted;
        }
        return order[(int) (position % size)];
    }
}
