package dev.taxon.serving.classify;

import dev.taxon.serving.batching.OverloadedException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Bounds the scores that requests hold in memory until they are answered: each text has one for each of its labels, so
 * a small body may ask for many. Thread-safe.
 */
final class ScoreRoom {
    /** Heap that a score takes from being scored to being written, with as much again left for everything else. */
    private static final int BYTES_A_SCORE = 512;

    private final int most;
    private final Semaphore room;

    /** Room for so many scores at once. */
    ScoreRoom(int most) {
        this.most = most;
        this.room = new Semaphore(most);
    }

    /** How many scores fit into a heap of this size. */
    static int forHeap(long bytes) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / BYTES_A_SCORE));
    }

    /**
     * Takes the room of a request.
     *
     * @return what to {@link #giveBack} once it is answered
     * @throws dev.taxon.serving.http.ProblemException for more scores than there is ever room for
     * @throws OverloadedException when other requests hold the room
     */
    int take(long scores) {
        if (scores > most) {
            throw Place.ROOT.invalid("The request asks for " + scores + " scores (texts times labels). Send at most "
                    + most + " a call: fewer texts or fewer labels.");
        }
        int taken = (int) scores;
        if (!room.tryAcquire(taken)) {
            throw new OverloadedException(
                    "This node holds as many scores of other requests as it can. Try again later.",
                    Duration.ofSeconds(1));
        }
        return taken;
    }

    void giveBack(int taken) {
        room.release(taken);
    }
}
