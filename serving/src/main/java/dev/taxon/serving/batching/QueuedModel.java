package dev.taxon.serving.batching;

/** One of the models that share a device: what its batches cost, and which rows wait for it. Guarded by the queue's lock. */
final class QueuedModel {
    /** How much of what is usual is the last row. */
    private static final double NEWS = 0.02;

    private final CostModel cost;
    private final int lanes;
    private int rows;
    private double workNanos;
    private double usualRow;
    private boolean closed;

    /** A model of which so many rows are computed side by side. */
    QueuedModel(int lanes) {
        this(CostModel.withDefaultGuess(), lanes);
    }

    QueuedModel(CostModel cost, int lanes) {
        this.cost = cost;
        this.lanes = lanes;
    }

    CostModel cost() {
        return cost;
    }

    /** Rows that are computed side by side. */
    int lanes() {
        return lanes;
    }

    /** Rows that wait for it. */
    int rows() {
        return rows;
    }

    /** Estimated device time of these. */
    double workNanos() {
        return workNanos;
    }

    /** Estimated device time of a row like those that came lately. */
    double usualRow() {
        return usualRow;
    }

    void added(WaitingRow row) {
        rows++;
        usualRow += (usualRow == 0 ? 1 : NEWS) * (row.workNanos() - usualRow);
        workNanos += row.workNanos();
    }

    void removed(WaitingRow row) {
        rows--;
        // Nothing takes no time, whatever rounding says.
        workNanos = rows == 0 ? 0 : workNanos - row.workNanos();
    }

    /** Takes no more rows. */
    void close() {
        closed = true;
    }

    boolean closed() {
        return closed;
    }

    /** Whether it takes no more rows, and has none left. */
    boolean done() {
        return closed && rows == 0;
    }
}
