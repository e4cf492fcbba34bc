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

    /** The same while several tenants share the device, of whom one's large batches are the others' waiting time. */
    private static final double FIXED_PART_SHARED = 0.25;

    /**
     * The room given what waits. Half of the waiting work is left for the next batch, provided that two halves cost
     * hardly more than the whole: clients that call again when answered then alternate between two batches, instead of
     * all waiting for one and leaving the device idle while they turn around.
     *
     * @param shared whether several tenants share the device
     */
    static BatchRoom of(BatcherSettings settings, CostModel cost, double waitingNanos, boolean shared) {
        double worthwhile = cost.fixed() / (shared ? FIXED_PART_SHARED : FIXED_PART);
        double half = Math.max(cost.fixed() + waitingNanos / 2, worthwhile);
        double longest = Math.max(settings.batchTime().toNanos(), worthwhile);
        return new BatchRoom(cost, settings.tokenBudget(), settings.rowLimit(), Math.min(longest, half));
    }

    boolean holds(BatchShape shape) {
        return shape.rows() <= rows && shape.positions() <= positions && cost.batch(shape.positions()) <= nanos;
    }
}
