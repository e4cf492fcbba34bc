package dev.taxon.training.lora;

import dev.taxon.training.sampling.Randomness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The batches of each epoch: all rows once in random order, those of about the same length together. An epoch follows from
 * the seed and its number alone.
 *
 * @param rows numbers of the rows
 * @param lengths tokens of each row, by its number
 */
record EpochBatches(int[] rows, int[] lengths, LoraSettings.Schedule schedule, long seed) {
    private static final long ORDER = 11;
    /** Batches' worth of rows that are sorted by length together. */
    private static final int POOL = 16;

    /** The batches of an epoch, numbered from 0, as numbers of rows; at least one. */
    List<int[]> of(int epoch) {
        Randomness random = Randomness.of(seed, ORDER, epoch);
        int[] order = random.permutation(rows.length);
        List<int[]> batches = new ArrayList<>();
        int pool = schedule.batchRows() * POOL;
        for (int first = 0; first < order.length; first += pool) {
            List<Integer> together = new ArrayList<>();
            for (int i = first; i < Math.min(order.length, first + pool); i++) {
                together.add(rows[order[i]]);
            }
            if (rows.length > pool) {
                together.sort(Comparator.comparingInt(row -> lengths[row]));
            }
            batches.addAll(cut(together));
        }
        random.shuffle(batches);
        return batches;
    }

    private List<int[]> cut(List<Integer> together) {
        List<int[]> batches = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        long tokens = 0;
        for (int row : together) {
            boolean full = open.size() == schedule.batchRows() || tokens + lengths[row] > schedule.batchTokens();
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
