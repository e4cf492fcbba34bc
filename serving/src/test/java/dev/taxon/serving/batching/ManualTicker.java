package dev.taxon.serving.batching;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves when it is told to; starts near the end of its range, as nanosecond clocks may. */
final class ManualTicker implements Ticker {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);

    @Override
    public long nanos() {
        return now.get();
    }

    void advance(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
