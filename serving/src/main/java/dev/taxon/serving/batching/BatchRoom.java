package dev.taxon.serving.batching;

/**
 * How large the next batch may become.
 *
 * @param positions the most positions
 * @param rows the most rows
 * @param lanes rows that are computed side by side: so many of like length are taken whatever they cost by estimate, as a lane
 *     without a row would be idle, and estimates from batches of one row could never learn that two cost no more
 * @param nanos the longest it should take
 */
record BatchRoom(CostModel cost, int positions, int rows, int lanes, double nanos) {
    /** The fixed part of a batch is worth paying when it is at most this part of the whole. */
    private static final double FIXED_PART = 0.1;

    /** The same while several tenants share the device, of whom one's large batches are the others' waiting time. */
    private static final double FIXED_PART_SHARED = 0.25;

    /**
     * The room given what waits for a model. Half of the waiting work is left for the next batch, provided that two halves cost
     * hardly more than the whole: clients that call again when answered then alternate between two batches, instead of
     * all waiting for one and leaving the device idle while they turn around.
     *
     * @param shared whether several tenants share the device
     */
    static BatchRoom of(BatcherSettings settings, QueuedModel model, boolean shared) {
        CostModel cost = model.cost();
        double worthwhile = cost.fixed() / (shared ? FIXED_PART_SHARED : FIXED_PART);
        double half = Math.max(cost.fixed() + model.workNanos() / 2, worthwhile);
        double longest = Math.max(settings.batchTime().toNanos(), worthwhile);
        return new BatchRoom(cost, settings.tokenBudget(), settings.rowLimit(), model.lanes(), Math.min(longest, half));
    }

    boolean holds(BatchShape shape) {
        return shape.rows() <= rows
                && shape.positions() <= positions
                && (shape.isSideBySide(lanes) || cost.batch(shape.positions()) <= nanos);
    }
}
