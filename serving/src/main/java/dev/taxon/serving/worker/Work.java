package dev.taxon.serving.worker;

import dev.taxon.serving.queue.JobRecord;
import dev.taxon.serving.queue.JobState.Succeeded;
import dev.taxon.serving.queue.JobState.Validating;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** A kind of job. Implementations are thread-safe. */
interface Work {

    /**
     * Does what is left to do, whatever earlier attempts came to.
     *
     * @param state the job's state, from which this moves it on
     * @return its end; empty when it was asked to stop and did
     * @throws dev.taxon.serving.queue.StaleAttemptException when the job is no longer the attempt's
     */
    Optional<Succeeded> run(Task task, Validating state) throws IOException;

    /** The job has failed without anybody having begun this attempt: what waits for it will wait no longer. */
    default void givenUp(JobRecord job, UUID tenant, Hopeless why) {}
}
