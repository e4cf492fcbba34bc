package dev.taxon.sdk;

import dev.taxon.sdk.wire.Job;
import dev.taxon.sdk.wire.JobState;

/**
 * A job that was waited for failed, or was cancelled. Its code, place and message are those of the job's problem; it has no
 * status, as the call that told of it went well.
 *
 * <pre>{@code
 * try {
 *     client.jobs().await(id);
 * } catch (JobFailedException failed) {
 *     System.err.println(failed.job() + " " + failed.code().orElse("cancelled") + ": " + failed.getMessage());
 * }
 * }</pre>
 */
public final class JobFailedException extends TaxonException {

    private static final long serialVersionUID = 1L;

    private final String job;
    private final boolean cancelled;

    private JobFailedException(Failure failure, String job, boolean cancelled) {
        super(failure, null);
        this.job = job;
        this.cancelled = cancelled;
    }

    /** @param job ended, and not succeeded */
    static JobFailedException of(Job job) {
        boolean cancelled = job.state() == JobState.CANCELLED;
        String what = "the job " + job.id() + (cancelled ? " was cancelled" : " failed");
        return new JobFailedException(Failures.ofEnded(what, job.problem()), job.id(), cancelled);
    }

    /**
     * The job's id, by which {@link JobsClient} knows it.
     *
     * <pre>{@code client.jobs().get(failed.job()).attempts()}</pre>
     */
    public String job() {
        return job;
    }

    /**
     * Whether somebody cancelled it; otherwise it failed, and the code says why.
     *
     * <pre>{@code if (!failed.cancelled()) { alert(failed.getMessage()); }}</pre>
     */
    public boolean cancelled() {
        return cancelled;
    }
}
