package dev.taxon.sdk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Sleeps at once, remembering for how long, and moves the deadline clock by as much. */
final class FakePacing {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    final List<Duration> sleeps = new CopyOnWriteArrayList<>();
    /** Done once somebody fell asleep for ever. */
    final CompletableFuture<Void> asleep = new CompletableFuture<>();
    /** The sleep of who did. */
    final CompletableFuture<Void> endless = new CompletableFuture<>();

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1000);

    /** @param random what chance always says */
    Pacing pacing(double random) {
        return new Pacing(this::sleep, Clock.fixed(NOW, ZoneOffset.UTC), nanoTime::get, () -> random);
    }

    /** Whoever looks at the deadline clock finds it a minute later than at the last look. */
    Pacing pacingWithAMinuteBetweenLooks() {
        return new Pacing(
                this::sleep,
                Clock.fixed(NOW, ZoneOffset.UTC),
                () -> nanoTime.addAndGet(Duration.ofMinutes(1).toNanos()),
                () -> 0);
    }

    /** Sleeps for ever. */
    Pacing endless() {
        return new Pacing(this::sleepForEver, Clock.fixed(NOW, ZoneOffset.UTC), nanoTime::get, () -> 0);
    }

    private CompletableFuture<Void> sleepForEver(Duration wait) {
        asleep.complete(null);
        return endless;
    }

    private CompletableFuture<Void> sleep(Duration wait) {
        sleeps.add(wait);
        nanoTime.addAndGet(wait.toNanos());
        return CompletableFuture.completedFuture(null);
    }
}
