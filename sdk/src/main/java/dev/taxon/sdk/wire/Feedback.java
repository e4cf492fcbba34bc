package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/feedback}: what a person says of one result of a request. A later word on the same result
 * replaces an earlier one.
 *
 * @param requestId the request's id, as its answer said
 * @param index the result's place in the answer, from 0
 * @param verdict whether the result is right
 * @param labels the right labels, some of those that were offered; there when it was corrected
 * @param text the text, where it was not kept
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Feedback(
        @JsonProperty(value = "request_id", required = true) @JsonSetter(nulls = Nulls.FAIL)
        String requestId,

        @JsonProperty(required = true) int index,

        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        Verdict verdict,

        @Nullable List<String> labels,
        @Nullable String text) {

    public Feedback {
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(verdict, "verdict");
        labels = labels == null ? null : List.copyOf(labels);
    }
}
