package dev.taxon.serving.batching;

/**
 * How large the next batch may become.
 *
 * @param positions the most positions
 * @param rows the most rows
 * @param nanos the longest it should take
 */
record BatchRoom(CostModel cost, int positions, int rows, double nanos) {
    /** The fixed part of a batch is worth paying when it is at most this part of the whole. */
    private static final double FIXED_PART = 0.1;

    /**
     * The room given what waits. Half of the waiting work is left for the next batch, provided that two halves cost
     * hardly more than the whole: clients that call again when answered then alternate between two batches, instead of
     * all waiting for one and leaving the device idle while they turn around.
     */
    static BatchRoom of(BatcherSettings settings, CostModel cost, double waitingNanos) {
        double half = Math.max(cost.fixed() + waitingNanos / 2, worthwhile(cost));
        return new BatchRoom(
                cost, settings.tokenBudget(), settings.rowLimit(), Math.min(longest(settings, cost), half));
    }

    /** The longest that any batch should take. */
    static double longest(BatcherSettings settings, CostModel cost) {
        return Math.max(settings.batchTime().toNanos(), worthwhile(cost));
    }

    private static double worthwhile(CostModel cost) {
        return cost.fixed() / FIXED_PART;
    }

    boolean holds(BatchShape shape) {
        return shape.rows() <= rows && shape.positions() <= positions && cost.batch(shape.positions()) <= nanos;
    }
}
