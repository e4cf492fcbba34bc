package dev.taxon.training.learning;

import dev.taxon.training.sampling.Randomness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The batches of each epoch: all rows once in random order, those of about the same length together. An epoch follows from
 * the seed and its number alone.
 *
 * @param rows numbers of the rows
 * @param rehearsed numbers of rows of which each epoch sees some more, drawn anew
 * @param perEpoch how many of these
 * @param lengths tokens of each row, by its number
 */
public record EpochBatches(int[] rows, int[] rehearsed, int perEpoch, int[] lengths, BatchSize size, long seed) {
    private static final long ORDER = 11;
    private static final long REHEARSED = 14;
    /** Batches' worth of rows that are sorted by length together. */
    private static final int POOL = 16;

    /** Batches of rows beside which none are rehearsed. */
    public EpochBatches(int[] rows, int[] lengths, BatchSize size, long seed) {
        this(rows, new int[0], 0, lengths, size, seed);
    }

    /** The batches of an epoch, numbered from 0, as numbers of rows; at least one. */
    public List<int[]> of(int epoch) {
        Randomness random = Randomness.of(seed, ORDER, epoch);
        int[] seen = seen(epoch);
        int[] order = random.permutation(seen.length);
        List<int[]> batches = new ArrayList<>();
        int pool = (int) Math.min((long) size.rows() * POOL, seen.length);
        for (int first = 0; first < order.length; first += pool) {
            List<Integer> together = new ArrayList<>();
            for (int i = first; i < Math.min(order.length, first + pool); i++) {
                together.add(seen[order[i]]);
            }
            if (seen.length > pool) {
                together.sort(Comparator.comparingInt(row -> lengths[row]));
            }
            batches.addAll(cut(together));
        }
        random.shuffle(batches);
        return batches;
    }

    private int[] seen(int epoch) {
        int[] drawn = Randomness.of(seed, REHEARSED, epoch).permutation(rehearsed.length);
        IntStream older = Arrays.stream(drawn).limit(perEpoch).map(place -> rehearsed[place]);
        return IntStream.concat(Arrays.stream(rows), older).toArray();
    }

    private List<int[]> cut(List<Integer> together) {
        List<int[]> batches = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        long tokens = 0;
        for (int row : together) {
            boolean full = open.size() == size.rows() || tokens + lengths[row] > size.tokens();
            if (full && !open.isEmpty()) {
                batches.add(array(open));
                open.clear();
                tokens = 0;
            }
            open.add(row);
            tokens += lengths[row];
        }
        batches.add(array(open));
        return batches;
    }

    private static int[] array(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
