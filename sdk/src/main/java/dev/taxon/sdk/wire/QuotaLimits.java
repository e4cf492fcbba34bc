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
 * <pre>{@code QuotaLimits.builder().textsPerDay(100_000L).adapters(20L).build()}</pre>
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

    /** The largest weight there is. */
    public static final int HIGHEST_WEIGHT = 10_000;

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

    /**
     * No limits, and the weight of everybody.
     *
     * <pre>{@code operator.admin().setQuotas("acme", QuotaLimits.unlimited())}</pre>
     */
    public static QuotaLimits unlimited() {
        return new Builder().build();
    }

    /**
     * A builder of limits that limits nothing yet.
     *
     * <pre>{@code QuotaLimits.builder().requestsPerMinute(600L).textsPerDay(100_000L).build()}</pre>
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A builder that starts from these limits.
     *
     * <pre>{@code admin.setQuotas("acme", admin.quotas("acme").toBuilder().adapters(20L).build())}</pre>
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * Builds {@link QuotaLimits}; null, as everything is at first, is no limit. Not thread-safe. Setters throw {@link
     * IllegalArgumentException} where a limit is below 0.
     */
    public static final class Builder {

        private @Nullable Long requestsPerMinute;
        private @Nullable Long textsPerMinute;
        private @Nullable Long textsPerDay;
        private @Nullable Long adapters;
        private @Nullable Long datasetBytes;
        private @Nullable Long concurrentJobs;
        private @Nullable Long adapterRank;
        private @Nullable Long adapterBytes;
        private int weight = DEFAULT_WEIGHT;

        private Builder() {}

        private Builder(QuotaLimits limits) {
            this.requestsPerMinute = limits.requestsPerMinute();
            this.textsPerMinute = limits.textsPerMinute();
            this.textsPerDay = limits.textsPerDay();
            this.adapters = limits.adapters();
            this.datasetBytes = limits.datasetBytes();
            this.concurrentJobs = limits.concurrentJobs();
            this.adapterRank = limits.adapterRank();
            this.adapterBytes = limits.adapterBytes();
            this.weight = limits.weight();
        }

        /** Sets {@link QuotaLimits#requestsPerMinute()}. */
        public Builder requestsPerMinute(@Nullable Long value) {
            this.requestsPerMinute = limit("requestsPerMinute", value);
            return this;
        }

        /** Sets {@link QuotaLimits#textsPerMinute()}. */
        public Builder textsPerMinute(@Nullable Long value) {
            this.textsPerMinute = limit("textsPerMinute", value);
            return this;
        }

        /** Sets {@link QuotaLimits#textsPerDay()}. */
        public Builder textsPerDay(@Nullable Long value) {
            this.textsPerDay = limit("textsPerDay", value);
            return this;
        }

        /** Sets {@link QuotaLimits#adapters()}. */
        public Builder adapters(@Nullable Long value) {
            this.adapters = limit("adapters", value);
            return this;
        }

        /** Sets {@link QuotaLimits#datasetBytes()}. */
        public Builder datasetBytes(@Nullable Long value) {
            this.datasetBytes = limit("datasetBytes", value);
            return this;
        }

        /** Sets {@link QuotaLimits#concurrentJobs()}. */
        public Builder concurrentJobs(@Nullable Long value) {
            this.concurrentJobs = limit("concurrentJobs", value);
            return this;
        }

        /** Sets {@link QuotaLimits#adapterRank()}. */
        public Builder adapterRank(@Nullable Long value) {
            this.adapterRank = limit("adapterRank", value);
            return this;
        }

        /** Sets {@link QuotaLimits#adapterBytes()}. */
        public Builder adapterBytes(@Nullable Long value) {
            this.adapterBytes = limit("adapterBytes", value);
            return this;
        }

        /** Sets {@link QuotaLimits#weight()}. */
        public Builder weight(int value) {
            if (value < 1 || value > HIGHEST_WEIGHT) {
                throw new IllegalArgumentException("weight is 1 to " + HIGHEST_WEIGHT);
            }
            this.weight = value;
            return this;
        }

        /** The limits as set so far. */
        public QuotaLimits build() {
            return new QuotaLimits(
                    requestsPerMinute,
                    textsPerMinute,
                    textsPerDay,
                    adapters,
                    datasetBytes,
                    concurrentJobs,
                    adapterRank,
                    adapterBytes,
                    weight);
        }

        private static @Nullable Long limit(String name, @Nullable Long value) {
            if (value != null && value < 0) {
                throw new IllegalArgumentException(name + " is 0 or more, or null for no limit");
            }
            return value;
        }
    }
}
