package dev.taxon.core;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A checkpoint's digest, found on another thread beside what its opener does meanwhile, as it takes reading all of the
 * weights once more. The checkpoint stays open until one of both methods returned.
 */
final class DigestAside {
    private final CompletableFuture<String> digest;

    private DigestAside(CompletableFuture<String> digest) {
        this.digest = digest;
    }

    static DigestAside begin(Checkpoint checkpoint) {
        return new DigestAside(CompletableFuture.supplyAsync(() -> CheckpointDigest.of(checkpoint)));
    }

    /** Waits for it, and fails as reading the checkpoint did: nobody has to know that another thread read it. */
    String await() {
        try {
            return digest.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException unreadable) {
                throw unreadable;
            }
            if (failed.getCause() instanceof Error grave) {
                throw grave;
            }
            throw failed;
        }
    }

    /** Waits until nothing is read any more, whatever came of it. */
    void awaitEnd() {
        digest.exceptionally(unread -> "").join();
    }
}
