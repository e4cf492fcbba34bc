package dev.taxon.serving.http;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.batching.OverloadedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Bounds the calls of one kind that this node answers at one time: each holds a thread, or what it has not read yet, for as
 * long as its caller takes. A tenant has at most as many as are free (dynamic thresholds, Choudhury and Hahne, 1998): what
 * a few tenants keep leaves places to others. Thread-safe.
 */
public final class CallRoom {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final String calls;
    private final int mostOfATenant;
    private final Map<UUID, Integer> underWay = new HashMap<>();
    private int free;

    /**
     * Room for so many at once, so many of them one tenant's.
     *
     * @param calls what they are, in the plural
     */
    public CallRoom(String calls, int most, int mostOfATenant) {
        this.calls = calls;
        this.mostOfATenant = mostOfATenant;
        this.free = most;
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
    public synchronized Optional<Place> tryEnter(UUID tenant) {
        int own = underWay.getOrDefault(tenant, 0);
        if (own >= mostOfATenant || own >= free) {
            return Optional.empty();
        }
        underWay.put(tenant, own + 1);
        free--;
        return Optional.of(new Place(() -> leave(tenant)));
    }

    private synchronized RuntimeException full(UUID tenant) {
        int own = underWay.getOrDefault(tenant, 0);
        if (own >= mostOfATenant) {
            return new ProblemException(
                    Problem.of(
                            ErrorCode.QUOTA_EXCEEDED,
                            "This tenant has " + mostOfATenant + " " + calls
                                    + " under way. Wait for one of them to end."),
                    PAUSE);
        }
        String whose = free == 0 ? "" : ", but for tenants that have fewer than " + free;
        return new OverloadedException("This node has no room for more " + calls + whose + ". Try again later.", PAUSE);
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

    private synchronized void leave(UUID tenant) {
        free++;
        underWay.computeIfPresent(tenant, (own, count) -> count == 1 ? null : count - 1);
    }
}
