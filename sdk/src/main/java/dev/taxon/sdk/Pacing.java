package dev.taxon.sdk;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Time and chance, from outside so that tests decide them.
 *
 * @param sleeper completes its future after a while
 * @param clock the wall clock, for dates in headers
 * @param nanoTime a clock that never jumps, for deadlines
 * @param random numbers from 0 (inclusive) to 1 (exclusive)
 */
record Pacing(
        Function<Duration, CompletableFuture<Void>> sleeper,
        Clock clock,
        LongSupplier nanoTime,
        DoubleSupplier random) {

    static Pacing system() {
        return new Pacing(
                Pacing::sleep,
                Clock.systemUTC(),
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    private static CompletableFuture<Void> sleep(Duration wait) {
        return CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS));
    }
}
