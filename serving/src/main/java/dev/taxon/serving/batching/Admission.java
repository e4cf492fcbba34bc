package dev.taxon.serving.batching;

import java.time.Duration;

/**
 * Decides whether a request may join the queue, by how long the rows of others would hold it up. Its own work does not
 * count: a request alone on the node is never refused.
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
        // Rows that are due after this request's last one will be scored after it.
        return runningNanos + waiting.workDueBefore(submission.arrivedNanos() + (long) work);
    }

    private static OverloadedException refused(String message, double nanos) {
        return new OverloadedException(message, Duration.ofNanos((long) Math.max(1e9, nanos)));
    }
}
