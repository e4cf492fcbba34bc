package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/adapters/{name}/promote}.
 *
 * @param version the version that is to answer
 * @param require what it must be; nothing where absent
 * @param dataset the data set version to be better on, {@code tickets@2}; where absent, one that both were judged on
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PromoteRequest(
        @JsonProperty(required = true) int version,
        @Nullable Requirement require,
        @Nullable String dataset) {

    /** Promotes a version as it is. */
    public static PromoteRequest of(int version) {
        return new PromoteRequest(version, null, null);
    }

    /** Promotes a version only if it is better than the active one, on a data set that both were judged on. */
    public static PromoteRequest ifBetter(int version) {
        return new PromoteRequest(version, Requirement.BETTER_THAN_ACTIVE, null);
    }
}
