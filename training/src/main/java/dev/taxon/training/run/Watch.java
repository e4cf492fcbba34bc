package dev.taxon.training.run;

import java.util.function.LongSupplier;

/**
 * Who watches a run and may stop it.
 *
 * @param nanoTime the clock that steps are timed by
 */
record Watch(TrainingListener listener, StopSignal stop, LongSupplier nanoTime) {
    private static final double NANOSECONDS = 1e9;

    void tell(TrainingEvent event) {
        listener.on(event);
    }

    double seconds() {
        return nanoTime.getAsLong() / NANOSECONDS;
    }
}
