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
    List<int[]> plan(int[] lengths);
}
