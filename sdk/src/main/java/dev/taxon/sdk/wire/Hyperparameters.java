package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * How an adapter learns. Whatever is absent follows from the size of the data, and needs no tuning.
 *
 * @param rank of the updates, 1 to 256; not beside {@code from}
 * @param alpha updates are scaled by alpha over rank, above 0; twice the rank where absent; not beside {@code from}
 * @param learningRate at the top of the schedule, above 0, up to 0.1
 * @param epochs how often each row is seen, at most; 1 to 1,000
 * @param batchRows the most rows of a step, 1 to 512
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
    public static final Hyperparameters DEFAULTS = new Hyperparameters(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
}
