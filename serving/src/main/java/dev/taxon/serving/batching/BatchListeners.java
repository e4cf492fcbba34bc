package dev.taxon.serving.batching;

import java.time.Duration;
import java.util.List;

/** Tells two listeners, one after the other. */
record BatchListeners(BatchListener first, BatchListener second) implements BatchListener {

    @Override
    public void scored(int rows, long tokens, Duration forward) {
        first.scored(rows, tokens, forward);
        second.scored(rows, tokens, forward);
    }

    @Override
    public void failed(int rows, Throwable failure) {
        first.failed(rows, failure);
        second.failed(rows, failure);
    }

    @Override
    public void started(List<Duration> waits) {
        first.started(waits);
        second.started(waits);
    }
}
