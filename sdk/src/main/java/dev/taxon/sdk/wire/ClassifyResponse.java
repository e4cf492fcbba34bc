package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;

/**
 * The answer to {@code POST /v1/classify}.
 *
 * @param requestId the same as the header {@code X-Request-Id}
 * @param model the model that answered
 * @param results one result an input, in the order of the inputs
 * @param usage what the request counts for
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ClassifyResponse(
        @JsonProperty(value = "request_id", required = true) @JsonSetter(nulls = Nulls.FAIL)
        String requestId,

        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        String model,

        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        List<ClassifyResult> results,

        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        Usage usage) {

    public ClassifyResponse {
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(model, "model");
        results = List.copyOf(results);
        Objects.requireNonNull(usage, "usage");
    }
}
