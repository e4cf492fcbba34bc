package dev.taxon.training.sampling;

import java.util.List;

/**
 * Random numbers that are the same on every Java version and machine: SplitMix64 (Steele, Lea, Flood 2014), seeded from
 * what the numbers are for. Not thread-safe.
 */
public final class Randomness {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    private Randomness(long state) {
        this.state = state;
    }

    /** A generator for one purpose; equal parts give equal numbers, any other part gives unrelated ones. */
    public static Randomness of(long seed, long... parts) {
        long state = mix(seed + GOLDEN_GAMMA);
        for (long part : parts) {
            state = mix(state ^ mix(part + GOLDEN_GAMMA)) + GOLDEN_GAMMA;
        }
        return new Randomness(state);
    }

    long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in [0, bound); the bias of the multiplication is below 2^-32 and of no weight here. */
    public int nextInt(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** Uniform in [0, 1). */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    <T> void shuffle(List<T> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            int other = nextInt(i + 1);
            T moved = list.get(i);
            list.set(i, list.get(other));
            list.set(other, moved);
        }
    }

    /** The numbers 0 to size - 1 in random order. */
    int[] permutation(int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int other = nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
