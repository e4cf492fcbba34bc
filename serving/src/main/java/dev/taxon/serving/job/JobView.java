package dev.taxon.serving.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.taxon.sdk.wire.Job;
import dev.taxon.sdk.wire.JobEstimate;
import dev.taxon.sdk.wire.JobEvent;
import dev.taxon.sdk.wire.JobKind;
import dev.taxon.sdk.wire.JobProgress;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.JobState;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.queue.JobRecord;
import dev.taxon.serving.queue.StoredEvent;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs and their events as their owners see them. */
final class JobView {
    /** Unlike the wire's own it takes values that are null, which figures may be. */
    private static final JsonMapper JSON = new JsonMapper();

    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};

    private JobView() {}

    static Job of(JobRecord job) {
        JobKind kind = JobKind.valueOf(job.kind().name());
        return new Job(
                job.id().toString(),
                kind,
                JobState.valueOf(job.state().toUpperCase(Locale.ROOT)),
                read(job.request(), JobRequest.class),
                job.attempt(),
                job.progress() == null ? null : read(job.progress(), JobProgress.class),
                job.estimate() == null || job.endedAt() != null ? null : read(job.estimate(), JobEstimate.class),
                job.problem() == null ? null : read(job.problem(), Problem.class),
                job.result() == null ? null : JSON.convertValue(job.result(), OBJECT),
                job.createdAt(),
                job.startedAt(),
                job.endedAt());
    }

    static JobEvent of(StoredEvent event) {
        return new JobEvent(event.number(), event.kind(), JSON.convertValue(event.data(), OBJECT), event.at());
    }

    private static <T> T read(JsonNode json, Class<T> type) {
        try {
            return WireJson.read(json.toString(), type);
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException("what a job's row holds cannot be read", notOurs);
        }
    }
}
