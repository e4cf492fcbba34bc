package dev.taxon.core.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sorts rows by run and in it by length, longest first, and cuts the order into batches by tokens. As batches are packed
 * without padding the order costs nothing; rows of one length share an attention call, so like lengths stand together.
 *
 * <p>Immutable and thread-safe.
 */
public final class TokenBudgetPlanner implements BatchPlanner {
    private final int maximumTokens;
    private final int maximumRows;

    /**
     * A planner.
     *
     * @param maximumTokens tokens of a batch; a row that is longer goes alone
     * @param maximumRows rows of a batch
     */
    public TokenBudgetPlanner(int maximumTokens, int maximumRows) {
        if (maximumTokens < 1 || maximumRows < 1) {
            throw new IllegalArgumentException("A batch needs at least one token and one row, not %d and %d."
                    .formatted(maximumTokens, maximumRows));
        }
        this.maximumTokens = maximumTokens;
        this.maximumRows = maximumRows;
    }

    @Override
    public List<int[]> plan(int[] lengths, AdapterRuns runs) {
        int[] order = longestFirst(lengths, runs);
        List<int[]> batches = new ArrayList<>();
        int start = 0;
        while (start < order.length) {
            int end = end(start, order, lengths);
            batches.add(Arrays.copyOfRange(order, start, end));
            start = end;
        }
        return batches;
    }

    /** Closes the batch that begins at a place of the order as late as its limits allow. */
    private int end(int start, int[] order, int[] lengths) {
        long tokens = lengths[order[start]];
        int end = start + 1;
        while (end < order.length && end - start < maximumRows && tokens + lengths[order[end]] <= maximumTokens) {
            tokens += lengths[order[end]];
            end++;
        }
        return end;
    }

    private static int[] longestFirst(int[] lengths, AdapterRuns runs) {
        return IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt(runs::place).thenComparingInt(row -> -lengths[row]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
