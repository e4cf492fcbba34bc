package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant may use; what is null is not limited.
 *
 * <pre>{@code QuotaLimits.unlimited().withTextsPerDay(100_000L)}</pre>
 *
 * @param requestsPerMinute calls of {@code POST /v1/classify} a minute
 * @param textsPerMinute texts classified a minute
 * @param textsPerDay texts classified a day (UTC)
 * @param adapters names of adapters
 * @param datasetBytes bytes of all uploaded dataset versions together
 * @param concurrentJobs jobs that have not ended
 * @param adapterRank the highest rank of an adapter
 * @param adapterBytes bytes of one adapter version
 * @param weight the share of a busy device beside others', 1 to 10,000; 100 unless given
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QuotaLimits(
        @Nullable Long requestsPerMinute,
        @Nullable Long textsPerMinute,
        @Nullable Long textsPerDay,
        @Nullable Long adapters,
        @Nullable Long datasetBytes,
        @Nullable Long concurrentJobs,
        @Nullable Long adapterRank,
        @Nullable Long adapterBytes,
        int weight) {

    /** The weight of a tenant that was given none. */
    public static final int DEFAULT_WEIGHT = 100;

    /** Reads limits of which any may be absent. */
    @JsonCreator
    static QuotaLimits of(
            @JsonProperty("requests_per_minute") @Nullable Long requestsPerMinute,
            @JsonProperty("texts_per_minute") @Nullable Long textsPerMinute,
            @JsonProperty("texts_per_day") @Nullable Long textsPerDay,
            @JsonProperty("adapters") @Nullable Long adapters,
            @JsonProperty("dataset_bytes") @Nullable Long datasetBytes,
            @JsonProperty("concurrent_jobs") @Nullable Long concurrentJobs,
            @JsonProperty("adapter_rank") @Nullable Long adapterRank,
            @JsonProperty("adapter_bytes") @Nullable Long adapterBytes,
            @JsonProperty("weight") @Nullable Integer weight) {
        return new QuotaLimits(
                requestsPerMinute,
                textsPerMinute,
                textsPerDay,
                adapters,
                datasetBytes,
                concurrentJobs,
                adapterRank,
                adapterBytes,
                weight == null ? DEFAULT_WEIGHT : weight);
    }

    /** No limits, and the weight of everybody. */
    public static QuotaLimits unlimited() {
        return new QuotaLimits(null, null, null, null, null, null, null, null, DEFAULT_WEIGHT);
    }

    /** The same with this many calls a minute. */
    public QuotaLimits withRequestsPerMinute(@Nullable Long value) {
        return new QuotaLimits(
                value,
                textsPerMinute,
                textsPerDay,
                adapters,
                datasetBytes,
                concurrentJobs,
                adapterRank,
                adapterBytes,
                weight);
    }

    /** The same with this many texts a minute. */
    public QuotaLimits withTextsPerMinute(@Nullable Long value) {
        return new QuotaLimits(
                requestsPerMinute,
                value,
                textsPerDay,
                adapters,
                datasetBytes,
                concurrentJobs,
                adapterRank,
                adapterBytes,
                weight);
    }

    /** The same with this many texts a day. */
    public QuotaLimits withTextsPerDay(@Nullable Long value) {
        return new QuotaLimits(
                requestsPerMinute,
                textsPerMinute,
                value,
                adapters,
                datasetBytes,
                concurrentJobs,
                adapterRank,
                adapterBytes,
                weight);
    }
}
