package dev.taxon.serving.batching;

import java.time.Duration;

/**
 * What a tenant asked for lately: its requests that were taken in and those that were refused for a full queue, each
 * counting for less as it gets older. Not thread-safe.
 */
final class Demand {
    private static final double FADE_NANOS = Duration.ofSeconds(1).toNanos();

    /** So few refusals say nothing yet. */
    private static final double HANDFUL = 4;

    private double taken;
    private double refused;
    private long counted;

    Demand(long nowNanos) {
        counted = nowNanos;
    }

    void taken(long nowNanos) {
        fade(nowNanos);
        taken++;
    }

    void refused(long nowNanos) {
        fade(nowNanos);
        refused++;
    }

    /**
     * True while more is refused than taken in: at least twice of what the device can do is asked for, not just once but
     * for about a second, and no queue is long enough for that.
     */
    boolean overflows(long nowNanos) {
        fade(nowNanos);
        return refused > taken + HANDFUL;
    }

    /** True once it is as good as forgotten. */
    boolean old(long nowNanos) {
        return nowNanos - counted > 10 * FADE_NANOS;
    }

    private void fade(long nowNanos) {
        double rest = Math.exp((counted - nowNanos) / FADE_NANOS);
        taken *= rest;
        refused *= rest;
        counted = nowNanos;
    }
}
