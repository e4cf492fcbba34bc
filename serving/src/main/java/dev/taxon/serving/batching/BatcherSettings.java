package dev.taxon.serving.batching;

import java.time.Duration;

/**
 * How batches are formed and how much may wait.
 *
 * @param tokenBudget the most positions of one batch; a single row may exceed it
 * @param rowLimit the most rows of one batch
 * @param batchTime how long one batch should keep the device busy, by estimate; longer where lanes or the fixed part ask for it
 * @param waits how long requests may wait
 */
public record BatcherSettings(int tokenBudget, int rowLimit, Duration batchTime, Waits waits) {

    public BatcherSettings {
        if (tokenBudget < 1 || rowLimit < 1) {
            throw new IllegalArgumentException("A batch must be allowed at least one token and one row.");
        }
        if (batchTime.isNegative() || batchTime.isZero()) {
            throw new IllegalArgumentException("The time of a batch must be positive.");
        }
    }
}
