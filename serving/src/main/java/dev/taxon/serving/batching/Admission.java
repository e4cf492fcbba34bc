package dev.taxon.serving.batching;

import java.time.Duration;

/**
 * Decides whether a request may join the queue, by how long the rows before it would hold it up: a tenant that fills
 * its own line is refused, and others are not. A request's own work does not count: alone on the node it is never refused.
 */
record Admission(Duration longestWait, WaitingRows waiting, double runningNanos, boolean closed) {

    /** Throws {@link OverloadedException} when the request may not join. */
    void check(Submission submission, double work) {
        if (closed) {
            throw new OverloadedException("This node is stopping. Try again.", Duration.ofSeconds(1));
        }
        double behind = behind(submission, work);
        if (behind > longestWait.toNanos()) {
            throw refused("The queue of this node is full. Try again later.", behind - longestWait.toNanos());
        }
        if (submission.deadline().passedAfter(submission.arrivedNanos(), behind)) {
            throw refused("The queue of this node is longer than the deadline allows. Try again later.", behind);
        }
    }

    private double behind(Submission submission, double work) {
        double all = runningNanos + waiting.workNanos();
        if (all <= longestWait.toNanos() && !submission.deadline().passedAfter(submission.arrivedNanos(), all)) {
            return all;
        }
        // Much of that is served after this request's last row: what is due later, and what is beyond others' share.
        long due = submission.arrivedNanos() + (long) work;
        return runningNanos + waiting.workBefore(submission.share(), due, work);
    }

    private static OverloadedException refused(String message, double nanos) {
        return new OverloadedException(message, Duration.ofNanos((long) Math.max(1e9, nanos)));
    }
}
