package dev.taxon.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Times forward passes: half a second to warm up, then enough of them, and the median, which a busy moment of the machine does not
 * move.
 *
 * @param nanoTime a clock
 */
record Stopwatch(LongSupplier nanoTime) {
    private static final int WARM_UP = 2;
    private static final long WARM = Duration.ofMillis(500).toNanos();
    private static final int FEWEST = 3;
    private static final long LONG_ENOUGH = Duration.ofSeconds(1).toNanos();
    private static final double NANOS_A_SECOND = 1e9;

    /** Runs passes for so many nanoseconds, a few at least. */
    void warmUp(Runnable forward, long nanos) {
        long begin = nanoTime.getAsLong();
        for (int pass = 0; pass < WARM_UP || nanoTime.getAsLong() - begin < nanos; pass++) {
            forward.run();
        }
    }

    /** Seconds of one pass. */
    double seconds(Runnable forward) {
        warmUp(forward, WARM);
        List<Long> times = new ArrayList<>();
        long total = 0;
        while (times.size() < FEWEST || total < LONG_ENOUGH) {
            long begin = nanoTime.getAsLong();
            forward.run();
            long time = nanoTime.getAsLong() - begin;
            times.add(time);
            total += time;
        }
        times.sort(null);
        return times.get(times.size() / 2) / NANOS_A_SECOND;
    }
}
