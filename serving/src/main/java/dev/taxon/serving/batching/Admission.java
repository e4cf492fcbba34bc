package dev.taxon.serving.batching;

import java.time.Duration;

/**
 * Decides whether a request may join the queue, by how long the rows before it would hold it up: a tenant that fills
 * its own line is refused, and others are not. A request's own work does not count: alone on the node it is never refused.
 *
 * <p>A long queue serves those well who come all at once and then wait. Where more keeps coming than can ever be served, it
 * only makes everybody wait who is served at all: then the line is kept short, and most are told so at once.
 *
 * @param demand of the tenant whose request it is; told of what is refused for a full queue
 */
record Admission(Waits waits, WaitingRows waiting, double runningNanos, Demand demand) {

    /** Throws {@link OverloadedException} when the request may not join. */
    void check(Submission submission, double work) {
        double longest = waits.of(work, demand.overflows(submission.arrivedNanos()));
        double behind = behind(submission, work, longest);
        if (behind > longest) {
            demand.refused(submission.arrivedNanos());
            throw refused("The queue of this node is full. Try again later.", behind - longest);
        }
        if (submission.deadline().passedAfter(submission.arrivedNanos(), behind)) {
            throw refused("The queue of this node is longer than the deadline allows. Try again later.", behind);
        }
    }

    private double behind(Submission submission, double work, double longest) {
        double all = runningNanos + waiting.workNanos();
        if (all <= longest && !submission.deadline().passedAfter(submission.arrivedNanos(), all)) {
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
