package dev.taxon.serving.http;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.batching.OverloadedException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Bounds the calls of one kind that this node answers at one time: each holds a thread, or what it has not read yet, for as
 * long as its caller takes. Thread-safe.
 */
public final class CallRoom {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final String calls;
    private final int mostOfATenant;
    private final Semaphore room;
    private final Map<UUID, Integer> underWay = new ConcurrentHashMap<>();

    /**
     * Room for so many at once, so many of them one tenant's.
     *
     * @param calls what they are, in the plural
     */
    public CallRoom(String calls, int most, int mostOfATenant) {
        this.calls = calls;
        this.mostOfATenant = mostOfATenant;
        this.room = new Semaphore(most);
    }

    /** A call's place. Closing it gives it back, once however often. */
    public static final class Place implements AutoCloseable {
        private final Runnable giveBack;
        private final AtomicBoolean given = new AtomicBoolean();

        private Place(Runnable giveBack) {
            this.giveBack = giveBack;
        }

        @Override
        public void close() {
            if (!given.getAndSet(true)) {
                giveBack.run();
            }
        }
    }

    /**
     * Takes a place for a call.
     *
     * @throws ProblemException when the tenant has as many as it may
     * @throws OverloadedException when the node has
     */
    public Place enter(UUID tenant) {
        return tryEnter(tenant).orElseThrow(() -> full(tenant));
    }

    /** Takes a place where there is one. */
    public Optional<Place> tryEnter(UUID tenant) {
        boolean within = underWay.merge(tenant, 1, Integer::sum) <= mostOfATenant;
        if (within && room.tryAcquire()) {
            return Optional.of(new Place(() -> {
                room.release();
                leave(tenant);
            }));
        }
        leave(tenant);
        return Optional.empty();
    }

    private RuntimeException full(UUID tenant) {
        if (underWay.getOrDefault(tenant, 0) < mostOfATenant) {
            return new OverloadedException("This node has as many " + calls + " as it can. Try again later.", PAUSE);
        }
        return new ProblemException(
                Problem.of(
                        ErrorCode.QUOTA_EXCEEDED,
                        "This tenant has " + mostOfATenant + " " + calls + " under way. Wait for one of them to end."),
                PAUSE);
    }

    /** Answers a call in a place of its own. Throws as {@link #enter} does. */
    public <T> T during(UUID tenant, Supplier<T> call) {
        Place place = enter(tenant);
        try {
            return call.get();
        } finally {
            place.close();
        }
    }

    private void leave(UUID tenant) {
        underWay.computeIfPresent(tenant, (own, count) -> count == 1 ? null : count - 1);
    }
}
