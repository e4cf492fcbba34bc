package dev.taxon.sdk.wire;

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
 * Something that happened to a job, as {@code GET /v1/jobs/{id}/events} tells it.
 *
 * @param number counts a job's events from 1; what {@code Last-Event-ID} takes
 * @param kind {@code state}, {@code started}, {@code step}, {@code checkpoint}, {@code warning}; a newer server may know more
 * @param data what there is to say of it, such as {@code {"state": "running"}}
 * @param at when it happened
 */
@JsonNaming(SnakeCaseStrategy.class)
public record JobEvent(
        int number,
        String kind,
        @JsonSetter(contentNulls = Nulls.SET) Map<String, @Nullable Object> data,
        @Nullable Instant at) {

    public JobEvent {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }
}
