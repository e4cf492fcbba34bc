package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/jobs}. The kind says which of the other fields there are.
 *
 * @param kind what is to be done
 * @param adapter of {@code lora} and {@code ppo}: the name under which the new version stands, such as {@code support}; of
 *     {@code evaluate} and {@code classify}: whose answers they are, {@code support} or {@code support@3}, and the model's
 *     own where absent
 * @param from of {@code lora} and {@code ppo}: the version to go on from, {@code support@3} or {@code support}; of
 *     {@code ppo} the active version of {@code adapter} where absent
 * @param dataset the rows
 * @param version which version of the dataset; the newest that was not refused where absent
 * @param texts of {@code classify}: the texts themselves, instead of a dataset
 * @param labels of {@code classify}: the labels to choose from; the adapter's own where absent
 * @param mode whether labels exclude each other; where absent what the rows or the adapter say
 * @param seed of {@code lora} and {@code ppo}: all that is random follows from it; 1 where absent
 * @param hyperparameters of {@code lora} and {@code ppo}
 * @param rewards of {@code ppo}: what an answer is worth, of {@code f1}, {@code accuracy}, {@code recall}, {@code precision}
 *     and {@code feedback}, each with its weight; {@code {"f1": 1}} where absent, with {@code feedback} {@code {"feedback": 1}}
 * @param feedback of {@code ppo}: learns from what people said of the adapter's answers; the dataset then only judges
 * @param retrain of {@code lora} and {@code ppo}: the version to train again on the current base model, {@code support@3}.
 *     Whatever is absent here, the kind included, is as it was for that version; the result compares both
 * @param compareOn beside {@code retrain}: the dataset to compare both versions on, {@code holdout@2}; where absent, the rows
 *     of the dataset that neither version learned from
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobRequest(
        @Nullable JobKind kind,
        @Nullable String adapter,
        @Nullable String from,
        @Nullable String dataset,
        @Nullable Integer version,
        @Nullable List<String> texts,
        @Nullable LabelSet labels,
        @Nullable Mode mode,
        @Nullable Long seed,
        @Nullable Hyperparameters hyperparameters,
        @Nullable Map<String, Double> rewards,
        @Nullable Boolean feedback,
        @Nullable String retrain,
        @Nullable String compareOn) {

    public JobRequest {
        texts = texts == null ? null : List.copyOf(texts);
        rewards = rewards == null ? null : Ordered.copyOf(rewards);
    }

    /** Trains an adapter's next version from a dataset's newest one: {@code JobRequest.lora("support", "tickets")}. */
    public static JobRequest lora(String adapter, String dataset) {
        return builder(JobKind.LORA).adapter(adapter).dataset(dataset).build();
    }

    /** As {@link #lora}, but from rewards: {@code JobRequest.ppo("support", "tickets")}. */
    public static JobRequest ppo(String adapter, String dataset) {
        return builder(JobKind.PPO).adapter(adapter).dataset(dataset).build();
    }

    /** Trains a version again, on the current base model, and compares: {@code JobRequest.retrain("support@3")}. */
    public static JobRequest retrain(String version) {
        return new Builder().retrain(version).build();
    }

    /** Judges an adapter on a dataset's newest version: {@code JobRequest.evaluate("support@3", "holdout")}. */
    public static JobRequest evaluate(String adapter, String dataset) {
        return builder(JobKind.EVALUATE).adapter(adapter).dataset(dataset).build();
    }

    /** Classifies a dataset's newest version by an adapter: {@code JobRequest.classify("support", "archive")}. */
    public static JobRequest classify(String adapter, String dataset) {
        return builder(JobKind.CLASSIFY).adapter(adapter).dataset(dataset).build();
    }

    /**
     * A builder of requests of this kind.
     *
     * <pre>{@code JobRequest.builder(JobKind.LORA).adapter("support").dataset("tickets").version(2).build()}</pre>
     */
    public static Builder builder(JobKind kind) {
        return new Builder().kind(kind);
    }

    /** A builder that starts from this request: {@code JobRequest.lora("support", "tickets").toBuilder().seed(7L)}. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builds a {@link JobRequest}, leaving absent what is not set. Not thread-safe. */
    public static final class Builder {

        private @Nullable JobKind kind;
        private @Nullable String adapter;
        private @Nullable String from;
        private @Nullable String dataset;
        private @Nullable Integer version;
        private @Nullable List<String> texts;
        private @Nullable LabelSet labels;
        private @Nullable Mode mode;
        private @Nullable Long seed;
        private @Nullable Hyperparameters hyperparameters;
        private @Nullable Map<String, Double> rewards;
        private @Nullable Boolean feedback;
        private @Nullable String retrain;
        private @Nullable String compareOn;

        private Builder() {}

        private Builder(JobRequest request) {
            this.kind = request.kind();
            this.adapter = request.adapter();
            this.from = request.from();
            this.dataset = request.dataset();
            this.version = request.version();
            this.texts = request.texts();
            this.labels = request.labels();
            this.mode = request.mode();
            this.seed = request.seed();
            this.hyperparameters = request.hyperparameters();
            this.rewards = request.rewards();
            this.feedback = request.feedback();
            this.retrain = request.retrain();
            this.compareOn = request.compareOn();
        }

        /** Sets {@link JobRequest#kind()}. */
        public Builder kind(@Nullable JobKind value) {
            this.kind = value;
            return this;
        }

        /** Sets {@link JobRequest#adapter()}. */
        public Builder adapter(@Nullable String value) {
            this.adapter = value;
            return this;
        }

        /** Sets {@link JobRequest#from()}. */
        public Builder from(@Nullable String value) {
            this.from = value;
            return this;
        }

        /** Sets {@link JobRequest#dataset()}. */
        public Builder dataset(@Nullable String value) {
            this.dataset = value;
            return this;
        }

        /** Sets {@link JobRequest#version()}. */
        public Builder version(@Nullable Integer value) {
            this.version = value;
            return this;
        }

        /** Sets {@link JobRequest#texts()}. */
        public Builder texts(@Nullable List<String> value) {
            this.texts = value;
            return this;
        }

        /** Sets {@link JobRequest#labels()}. */
        public Builder labels(@Nullable LabelSet value) {
            this.labels = value;
            return this;
        }

        /** Sets {@link JobRequest#mode()}. */
        public Builder mode(@Nullable Mode value) {
            this.mode = value;
            return this;
        }

        /** Sets {@link JobRequest#seed()}. */
        public Builder seed(@Nullable Long value) {
            this.seed = value;
            return this;
        }

        /** Sets {@link JobRequest#hyperparameters()}. */
        public Builder hyperparameters(@Nullable Hyperparameters value) {
            this.hyperparameters = value;
            return this;
        }

        /** Sets {@link JobRequest#rewards()}. */
        public Builder rewards(@Nullable Map<String, Double> value) {
            this.rewards = value;
            return this;
        }

        /** Sets {@link JobRequest#feedback()}. */
        public Builder feedback(@Nullable Boolean value) {
            this.feedback = value;
            return this;
        }

        /** Sets {@link JobRequest#retrain()}. */
        public Builder retrain(@Nullable String value) {
            this.retrain = value;
            return this;
        }

        /** Sets {@link JobRequest#compareOn()}. */
        public Builder compareOn(@Nullable String value) {
            this.compareOn = value;
            return this;
        }

        /** Sets {@link JobRequest#labels()} to bare names. */
        public Builder labels(String... names) {
            return labels(LabelSet.of(names));
        }

        /** The request as set so far; an {@link IllegalArgumentException} where no server could do that. */
        public JobRequest build() {
            JobRequest request = new JobRequest(
                    kind,
                    adapter,
                    from,
                    dataset,
                    version,
                    texts,
                    labels,
                    mode,
                    seed,
                    hyperparameters,
                    rewards,
                    feedback,
                    retrain,
                    compareOn);
            JobRequestShape.check(request);
            return request;
        }
    }
}
