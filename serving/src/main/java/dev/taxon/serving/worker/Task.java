package dev.taxon.serving.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.queue.Attempt;
import dev.taxon.serving.queue.JobRecord;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A job in a worker's hands.
 *
 * @param folder where it may write; empty at first, and gone when the attempt is over
 * @param heart knows when to stop
 */
record Task(Attempt attempt, JobRecord job, Path folder, Heart heart) {

    UUID tenant() {
        return attempt.tenant();
    }

    /** What was asked for, as the api let it in. */
    JobRequest request() {
        try {
            return WireJson.read(job.request().toString(), JobRequest.class);
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException("a stored request of a job cannot be read", notOurs);
        }
    }
}
