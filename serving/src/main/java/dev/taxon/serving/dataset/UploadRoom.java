package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.batching.OverloadedException;
import dev.taxon.serving.http.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Bounds the uploads that this node receives at one time: each holds a thread for as long as its caller takes. Thread-safe. */
final class UploadRoom {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final int mostOfATenant;
    private final Semaphore room;
    private final Map<UUID, Integer> underWay = new ConcurrentHashMap<>();

    /** Room for so many at once, so many of them one tenant's. */
    UploadRoom(int most, int mostOfATenant) {
        this.mostOfATenant = mostOfATenant;
        this.room = new Semaphore(most);
    }

    /**
     * Receives an upload.
     *
     * @throws ProblemException when the tenant has as many under way as it may
     * @throws OverloadedException when the node has
     */
    <T> T receive(UUID tenant, Supplier<T> upload) {
        enter(tenant);
        try {
            return inRoom(upload);
        } finally {
            underWay.computeIfPresent(tenant, (own, count) -> count == 1 ? null : count - 1);
        }
    }

    private void enter(UUID tenant) {
        int count = underWay.merge(tenant, 1, Integer::sum);
        if (count > mostOfATenant) {
            underWay.computeIfPresent(tenant, (own, counted) -> counted - 1);
            throw new ProblemException(
                    Problem.of(
                            ErrorCode.QUOTA_EXCEEDED,
                            "This tenant has " + mostOfATenant + " uploads under way. Wait for one of them to end."),
                    PAUSE);
        }
    }

    private <T> T inRoom(Supplier<T> upload) {
        if (!room.tryAcquire()) {
            throw new OverloadedException("This node receives as many uploads as it can. Try again later.", PAUSE);
        }
        try {
            return upload.get();
        } finally {
            room.release();
        }
    }
}
