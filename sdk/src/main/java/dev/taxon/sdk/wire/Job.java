package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Long work that was asked for.
 *
 * @param id by which it is known
 * @param kind what it does
 * @param state where it is
 * @param request what was asked for, with versions as they were found, and without texts, which are deleted when it ends;
 *     of {@code import} the dataset and version whose file it reads
 * @param attempts how often a worker has begun it; more than one means that a worker was lost, or failed at it
 * @param progress how far it is; absent until that is known
 * @param estimate when it will be done; absent until that is known
 * @param problem why it failed
 * @param result what came of it: of {@code lora} and {@code ppo} {@code adapter}, {@code version}, {@code digest} and
 *     {@code metrics}; of {@code evaluate} the metrics with their intervals; of {@code classify} the count of {@code rows}
 * @param createdAt when it was asked for
 * @param startedAt when a worker first began it
 * @param endedAt when it ended
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Job(
        String id,
        @Nullable JobKind kind,
        @Nullable JobState state,
        @Nullable JobRequest request,
        int attempts,
        @Nullable JobProgress progress,
        @Nullable JobEstimate estimate,
        @Nullable Problem problem,
        @JsonSetter(contentNulls = Nulls.SET) @Nullable Map<String, @Nullable Object> result,
        @Nullable Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    public Job {
        result = result == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(result));
    }
}
