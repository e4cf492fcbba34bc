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

    private EvenParts() {}

    /**
     * The rows of each part, by number; rows of one run stand together, and in it rows of like length. One part holds all where rows are too few or
     * too different to be cut evenly.
     *
     * @param lengths tokens of each row
     * @param runs which rows are to stay together
     * @param parts the most parts
     */
    public static List<int[]> of(int[] lengths, AdapterRuns runs, int parts) {
        int[] order = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer row) -> runs.place(row))
                        .thenComparingInt(row -> lengths[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        long all = Arrays.stream(lengths).asLongStream().sum();
        for (int count = Math.min(parts, order.length); count > 1; count--) {
            List<int[]> cut = cut(order, lengths, all, count);
            if (cut.stream().allMatch(part -> isEven(part, lengths, all, cut.size()))) {
                return cut;
            }
        }
        return List.of(order);
    }

    /** Each row goes to the part in which its middle lies. */
    private static List<int[]> cut(int[] order, int[] lengths, long all, int parts) {
        List<IntStream.Builder> cut = new ArrayList<>(
                IntStream.range(0, parts).mapToObj(part -> IntStream.builder()).toList());
        long before = 0;
        for (int row : order) {
            int part = (int) ((before + lengths[row] / 2) * parts / Math.max(1, all));
            cut.get(Math.min(part, parts - 1)).add(row);
            before += lengths[row];
        }
        return cut.stream().map(part -> part.build().toArray()).toList();
    }

    private static boolean isEven(int[] part, int[] lengths, long all, int parts) {
        long own = Arrays.stream(part).mapToLong(row -> lengths[row]).sum();
        return own > 0 && own * parts <= UNEVEN * all;
    }
}
