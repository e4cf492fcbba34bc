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

    /** How much of what rows are late anyway a batch may take: the other half is the next one's. */
    private static final double PART_OF_WAIT = 0.5;

    /** What a batch may take for that, in batches of the usual time: whoever comes next waits for two of them. */
    private static final int MOST_BATCHES = 4;

    /**
     * The room given what waits for a model. Half of the waiting work is left for the next batch, provided that two halves cost
     * hardly more than the whole: clients that call again when answered then alternate between two batches, instead of
     * all waiting for one and leaving the device idle while they turn around.
     *
     * <p>A batch takes longer where its rows are late already: they would be later still without it, as larger batches do more
     * a second. Among several tenants it does not, as rows of one being late say nothing of how long the others' may wait.
     *
     * @param shared whether several tenants share the device
     * @param lateNanos how much later than its request alone would have it its first row's turn is; nothing or negative where it is not
     */
    static BatchRoom of(BatcherSettings settings, QueuedModel model, boolean shared, long lateNanos) {
        CostModel cost = model.cost();
        double worthwhile = cost.fixed() / (shared ? FIXED_PART_SHARED : FIXED_PART);
        double half = Math.max(cost.fixed() + model.workNanos() / 2, worthwhile);
        double usual = settings.batchTime().toNanos();
        double late = shared ? 0 : Math.min(PART_OF_WAIT * lateNanos, MOST_BATCHES * usual);
        double longest = Math.max(Math.max(usual, late), worthwhile);
        return new BatchRoom(cost, settings.tokenBudget(), settings.rowLimit(), model.lanes(), Math.min(longest, half));
    }

    boolean holds(BatchShape shape) {
        return shape.rows() <= rows
                && shape.positions() <= positions
                && (shape.isSideBySide(lanes) || cost.batch(shape.positions()) <= nanos);
    }
}
