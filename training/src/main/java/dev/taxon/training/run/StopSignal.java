package dev.taxon.training.run;

import java.util.concurrent.atomic.AtomicBoolean;

/** A wish to stop, looked at between steps. Thread-safe. */
public final class StopSignal {
    private final AtomicBoolean requested = new AtomicBoolean();

    public void request() {
        requested.set(true);
    }

    public boolean requested() {
        return requested.get();
    }
}
