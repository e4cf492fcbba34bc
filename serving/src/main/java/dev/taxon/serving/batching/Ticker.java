package dev.taxon.serving.batching;

/** The clock of the batcher: nanoseconds since some origin, as {@link System#nanoTime} gives them. */
@FunctionalInterface
public interface Ticker {

    long nanos();
}
