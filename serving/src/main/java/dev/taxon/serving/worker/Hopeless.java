package dev.taxon.serving.worker;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.queue.Claim;

/** Why nobody takes up a job any more that did not get any further. */
enum Hopeless {
    /** The process was gone, for which nobody gave a reason. */
    WORKER_LOST {
        @Override
        Problem problem(String advice) {
            return Problem.of(
                    ErrorCode.INTERNAL,
                    "The job's worker was lost " + Claim.MOST_FRUITLESS + " times in a row before it got any further,"
                            + " as happens when it needs more memory than there is. " + advice
                            + "; if that ends the same way, tell the operator its id.");
        }
    },

    /** Our own code failed, in a way that nobody foresaw. */
    BROKEN {
        @Override
        Problem problem(String advice) {
            return Problem.of(
                    ErrorCode.INTERNAL,
                    "The job ended " + Claim.MOST_FRUITLESS + " times in a row before it got any further, the last time"
                            + " by an internal error. Waiting does not help: tell the operator its id, under which the"
                            + " worker's log says more.");
        }
    };

    /**
     * The same in words for the job's owner, which tell nothing of its content.
     *
     * @param advice what makes such a job smaller, a sentence without its full stop
     */
    abstract Problem problem(String advice);
}
