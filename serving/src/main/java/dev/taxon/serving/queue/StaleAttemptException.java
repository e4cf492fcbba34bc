package dev.taxon.serving.queue;

/**
 * An attempt at a job writes that no longer holds it: another one has begun, or the job has ended or is gone. Nothing was
 * written; whoever meets this stops working on the job.
 */
public final class StaleAttemptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleAttemptException(Attempt attempt) {
        super("Attempt " + attempt.number() + " at job " + attempt.job() + " no longer holds it.", null, false, false);
    }
}
