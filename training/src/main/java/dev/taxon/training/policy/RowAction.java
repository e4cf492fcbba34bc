package dev.taxon.training.policy;

/** How a row is to be acted on. */
public sealed interface RowAction {

    /**
     * By sampling from the policy.
     *
     * @param uniform a number in [0, 1) for each of the row's labels; a single-label row uses the first
     */
    record Sampled(double[] uniform) implements RowAction {}

    /**
     * As was done before.
     *
     * @param chosen 1 for a label that was chosen and 0 for another, by position
     */
    record Taken(double[] chosen) implements RowAction {}
}
