package dev.taxon.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Times forward passes: some to warm up, then enough of them, and the median, which a busy moment of the machine does not
 * move.
 *
 * @param nanoTime a clock
 */
record Stopwatch(LongSupplier nanoTime) {
    private static final int WARM_UP = 3;
    private static final int FEWEST = 5;
    private static final long LONG_ENOUGH = Duration.ofSeconds(1).toNanos();
    private static final double NANOS_A_SECOND = 1e9;

    /** Seconds of one pass. */
    double seconds(Runnable forward) {
        for (int pass = 0; pass < WARM_UP; pass++) {
            forward.run();
        }
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
