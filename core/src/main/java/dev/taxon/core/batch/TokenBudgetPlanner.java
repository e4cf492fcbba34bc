package dev.taxon.core.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sorts rows by length and cuts the order into batches. A batch takes its longest row times its rows, padding included,
 * and that is kept within the budget; it is also closed where one row more would make padding more than a twelfth of all
 * that is planned so far.
 *
 * <p>Immutable and thread-safe.
 */
public final class TokenBudgetPlanner implements BatchPlanner {
    /** Padding may fill at most one token in this many. */
    private static final int PADDED_TOKENS_PER_PADDING = 12;

    private final int maximumTokens;
    private final int maximumRows;

    /**
     * A planner.
     *
     * @param maximumTokens tokens of a batch, padding included; a row that is longer goes alone
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
    public List<int[]> plan(int[] lengths) {
        return new Plan(longestFirst(lengths), lengths).batches();
    }

    private static int[] longestFirst(int[] lengths) {
        return IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer row) -> lengths[row]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** One plan in the making; what earlier batches did not waste, later ones may. */
    private final class Plan {
        private final int[] order;
        private final int[] lengths;
        private long padding;
        private long padded;

        Plan(int[] order, int[] lengths) {
            this.order = order;
            this.lengths = lengths;
        }

        List<int[]> batches() {
            List<int[]> batches = new ArrayList<>();
            int start = 0;
            while (start < order.length) {
                int end = end(start);
                batches.add(Arrays.copyOfRange(order, start, end));
                start = end;
            }
            return batches;
        }

        /** Closes the batch that begins at a row as late as budget and padding allow. */
        private int end(int start) {
            long longest = lengths[order[start]];
            padded += longest;
            int end = start + 1;
            while (end < order.length && end - start < maximumRows && longest * (end - start + 1) <= maximumTokens) {
                long wasted = longest - lengths[order[end]];
                if ((padding + wasted) * PADDED_TOKENS_PER_PADDING > padded + longest) {
                    break;
                }
                padding += wasted;
                padded += longest;
                end++;
            }
            return end;
        }
    }
}
