package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an adapter learns. Whatever is absent follows from the size of the data, and needs no tuning.
 *
 * <pre>{@code Hyperparameters.builder().epochs(5).heldOut(0.25).build()}</pre>
 *
 * @param rank of the updates, 1 to 256; not beside {@code from}
 * @param alpha updates are scaled by alpha over rank, above 0; twice the rank where absent; not beside {@code from}
 * @param learningRate at the top of the schedule, above 0, up to 0.1
 * @param epochs how often each row is seen, at most; 1 to 1,000
 * @param batchRows the most rows of a step, 1 to 512; of rewards 2 to 512
 * @param batchTokens the most text tokens of a step, 64 to 65,536
 * @param maxLength the most tokens of a row, 8 to 8,192; the model's own limit where absent
 * @param maxLabels of {@code lora}: the most labels that a row sees at a step, 2 to 1,000
 * @param warmup of {@code lora}: share of the steps that warm up, 0 up to 0.9
 * @param weightDecay of {@code lora}: decoupled weight decay, 0 to 1
 * @param folds of {@code lora}: cross-fits in so many parts, 2 to 10; 0 leaves calibration and report out
 * @param heldOut share of the rows that judge and are not learned from, above 0, up to 0.5; of {@code lora} instead of
 *     {@code folds}
 * @param kl of {@code ppo}: weight of staying near the start, 0 to 100
 * @param entropy of {@code ppo}: weight of staying undecided, 0 to 10
 * @param clipRange of {@code ppo}: how far a ratio of probabilities may move from 1 and still earn; between 0 and 1
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Hyperparameters(
        @Nullable Integer rank,
        @Nullable Double alpha,
        @Nullable Double learningRate,
        @Nullable Integer epochs,
        @Nullable Integer batchRows,
        @Nullable Integer batchTokens,
        @Nullable Integer maxLength,
        @Nullable Integer maxLabels,
        @Nullable Double warmup,
        @Nullable Double weightDecay,
        @Nullable Integer folds,
        @Nullable Double heldOut,
        @Nullable Double kl,
        @Nullable Double entropy,
        @Nullable Double clipRange) {

    /** Every default. */
    public static final Hyperparameters DEFAULTS = new Builder().build();

    /**
     * A builder that leaves everything to its default.
     *
     * <pre>{@code Hyperparameters.builder().rank(8).learningRate(2e-4).build()}</pre>
     */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these hyperparameters. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The first field that is out of its range, as a place within these hyperparameters; empty where none is. */
    public Optional<WireFault> fault() {
        return HyperparameterRanges.fault(this);
    }

    /** Builds {@link Hyperparameters}, leaving absent what is not set. Not thread-safe. */
    public static final class Builder {

        private @Nullable Integer rank;
        private @Nullable Double alpha;
        private @Nullable Double learningRate;
        private @Nullable Integer epochs;
        private @Nullable Integer batchRows;
        private @Nullable Integer batchTokens;
        private @Nullable Integer maxLength;
        private @Nullable Integer maxLabels;
        private @Nullable Double warmup;
        private @Nullable Double weightDecay;
        private @Nullable Integer folds;
        private @Nullable Double heldOut;
        private @Nullable Double kl;
        private @Nullable Double entropy;
        private @Nullable Double clipRange;

        private Builder() {}

        private Builder(Hyperparameters start) {
            this.rank = start.rank();
            this.alpha = start.alpha();
            this.learningRate = start.learningRate();
            this.epochs = start.epochs();
            this.batchRows = start.batchRows();
            this.batchTokens = start.batchTokens();
            this.maxLength = start.maxLength();
            this.maxLabels = start.maxLabels();
            this.warmup = start.warmup();
            this.weightDecay = start.weightDecay();
            this.folds = start.folds();
            this.heldOut = start.heldOut();
            this.kl = start.kl();
            this.entropy = start.entropy();
            this.clipRange = start.clipRange();
        }

        /** Sets {@link Hyperparameters#rank()}. */
        public Builder rank(@Nullable Integer value) {
            this.rank = value;
            return this;
        }

        /** Sets {@link Hyperparameters#alpha()}. */
        public Builder alpha(@Nullable Double value) {
            this.alpha = value;
            return this;
        }

        /** Sets {@link Hyperparameters#learningRate()}. */
        public Builder learningRate(@Nullable Double value) {
            this.learningRate = value;
            return this;
        }

        /** Sets {@link Hyperparameters#epochs()}. */
        public Builder epochs(@Nullable Integer value) {
            this.epochs = value;
            return this;
        }

        /** Sets {@link Hyperparameters#batchRows()}. */
        public Builder batchRows(@Nullable Integer value) {
            this.batchRows = value;
            return this;
        }

        /** Sets {@link Hyperparameters#batchTokens()}. */
        public Builder batchTokens(@Nullable Integer value) {
            this.batchTokens = value;
            return this;
        }

        /** Sets {@link Hyperparameters#maxLength()}. */
        public Builder maxLength(@Nullable Integer value) {
            this.maxLength = value;
            return this;
        }

        /** Sets {@link Hyperparameters#maxLabels()}. */
        public Builder maxLabels(@Nullable Integer value) {
            this.maxLabels = value;
            return this;
        }

        /** Sets {@link Hyperparameters#warmup()}. */
        public Builder warmup(@Nullable Double value) {
            this.warmup = value;
            return this;
        }

        /** Sets {@link Hyperparameters#weightDecay()}. */
        public Builder weightDecay(@Nullable Double value) {
            this.weightDecay = value;
            return this;
        }

        /** Sets {@link Hyperparameters#folds()}. */
        public Builder folds(@Nullable Integer value) {
            this.folds = value;
            return this;
        }

        /** Sets {@link Hyperparameters#heldOut()}. */
        public Builder heldOut(@Nullable Double value) {
            this.heldOut = value;
            return this;
        }

        /** Sets {@link Hyperparameters#kl()}. */
        public Builder kl(@Nullable Double value) {
            this.kl = value;
            return this;
        }

        /** Sets {@link Hyperparameters#entropy()}. */
        public Builder entropy(@Nullable Double value) {
            this.entropy = value;
            return this;
        }

        /** Sets {@link Hyperparameters#clipRange()}. */
        public Builder clipRange(@Nullable Double value) {
            this.clipRange = value;
            return this;
        }

        /**
         * The hyperparameters as set so far.
         *
         * @throws IllegalArgumentException where one is out of its range
         */
        public Hyperparameters build() {
            Hyperparameters built = new Hyperparameters(
                    rank,
                    alpha,
                    learningRate,
                    epochs,
                    batchRows,
                    batchTokens,
                    maxLength,
                    maxLabels,
                    warmup,
                    weightDecay,
                    folds,
                    heldOut,
                    kl,
                    entropy,
                    clipRange);
            built.fault().ifPresent(fault -> {
                throw new IllegalArgumentException(fault.at() + ": " + fault.detail());
            });
            return built;
        }
    }
}
