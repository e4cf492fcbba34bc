package dev.taxon.serving.batching;

import java.time.Duration;
import java.util.List;

/** Hears what the batcher does, for metrics. Called on the batcher's threads: must be quick and must not throw. */
public interface BatchListener {

    /** Hears nothing. */
    BatchListener NONE = new BatchListener() {};

    /**
     * A batch was scored.
     *
     * @param rows its rows
     * @param tokens its tokens without padding
     * @param forward the time it kept the device busy
     */
    default void scored(int rows, long tokens, Duration forward) {}

    /**
     * A batch's forward pass failed; its rows are scored once more, each alone, where it had several.
     *
     * @param rows its rows
     */
    default void failed(int rows, Throwable failure) {}

    /** Rows left the queue for the device after these waits. */
    default void started(List<Duration> waits) {}

    /** Hears with two pairs of ears, in this order. */
    static BatchListener both(BatchListener first, BatchListener second) {
        return new BatchListeners(first, second);
    }
}
