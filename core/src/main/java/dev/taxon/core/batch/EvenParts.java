package dev.taxon.core.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Cuts a batch into parts of about equal work that can run side by side. */
public final class EvenParts {
    /** Work that one part may have beyond an even share: the others wait for the longest. */
    private static final double UNEVEN = 1.25;

    /** What a token takes, and one of a row with an adapter: between what small adapters add and those of every layer. */
    private static final int PLAIN = 8;

    private static final int ADAPTED = 9;

    /** What an adapter's products take however few tokens its row has, in tokens: the part of short rows has more of them. */
    private static final int ADAPTER = 4;

    private EvenParts() {}

    /**
     * The rows of each part, by number; rows of one run stand together, and in it rows of like length. One part holds all
     * where rows are too few or too different to be cut evenly.
     *
     * @param lengths tokens of each row
     * @param runs in which order they stand; a cut may go through a run
     * @param parts the most parts
     */
    public static List<int[]> of(int[] lengths, AdapterRuns runs, int parts) {
        int[] order = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer row) -> runs.place(row))
                        .thenComparingInt(row -> lengths[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] work = IntStream.range(0, lengths.length)
                .map(row -> runs.adapts(row) ? (lengths[row] + ADAPTER) * ADAPTED : lengths[row] * PLAIN)
                .toArray();
        long all = Arrays.stream(work).asLongStream().sum();
        for (int count = Math.min(parts, order.length); count > 1; count--) {
            List<int[]> cut = cut(order, work, all, count);
            if (cut.stream().allMatch(part -> isEven(part, work, all, cut.size()))) {
                return cut;
            }
        }
        return List.of(order);
    }

    /** Each row goes to the part in which its middle lies. */
    private static List<int[]> cut(int[] order, int[] work, long all, int parts) {
        List<IntStream.Builder> cut = new ArrayList<>(
                IntStream.range(0, parts).mapToObj(part -> IntStream.builder()).toList());
        long before = 0;
        for (int row : order) {
            int part = (int) ((before + work[row] / 2) * parts / Math.max(1, all));
            cut.get(Math.min(part, parts - 1)).add(row);
            before += work[row];
        }
        return cut.stream().map(part -> part.build().toArray()).toList();
    }

    private static boolean isEven(int[] part, int[] work, long all, int parts) {
        long own = Arrays.stream(part).mapToLong(row -> work[row]).sum();
        return own > 0 && own * parts <= UNEVEN * all;
    }
}
