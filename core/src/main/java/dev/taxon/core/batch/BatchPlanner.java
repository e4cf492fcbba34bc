package dev.taxon.core.batch;

import java.util.List;

/** Turns rows of many lengths into batches of like lengths, as rows of one length share an attention call. */
public interface BatchPlanner {

    /**
     * Plans batches by token budget.
     *
     * @param lengths the length of each row in tokens
     * @return batches of indices into {@code lengths}, each row in exactly one; longest batch first
     */
    default List<int[]> plan(int[] lengths) {
        return plan(lengths, AdapterRuns.none(lengths.length));
    }

    /**
     * The same of rows of which some are to follow one another.
     *
     * @param runs which rows these are
     * @return batches run by run, the longest rows of each first
     */
    List<int[]> plan(int[] lengths, AdapterRuns runs);
}
