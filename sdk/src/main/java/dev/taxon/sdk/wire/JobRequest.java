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
 * @param version which version of the dataset; the newest that is ready where absent
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

    /** Trains a version of an adapter from the newest version of a dataset. */
    public static JobRequest lora(String adapter, String dataset) {
        return new JobRequest(
                JobKind.LORA, adapter, null, dataset, null, null, null, null, null, null, null, null, null, null);
    }

    /** Trains a version of an adapter from rewards, on the newest version of a dataset. */
    public static JobRequest ppo(String adapter, String dataset) {
        return new JobRequest(
                JobKind.PPO, adapter, null, dataset, null, null, null, null, null, null, null, null, null, null);
    }

    /** Trains a version again on the current base model, as it was trained before, and compares both. */
    public static JobRequest retrain(String version) {
        return new JobRequest(null, null, null, null, null, null, null, null, null, null, null, null, version, null);
    }

    /** Judges an adapter, or without one the model, on the newest version of a dataset. */
    public static JobRequest evaluate(@Nullable String adapter, String dataset) {
        return new JobRequest(
                JobKind.EVALUATE, adapter, null, dataset, null, null, null, null, null, null, null, null, null, null);
    }

    /** Classifies the newest version of a dataset by an adapter, with the adapter's own labels. */
    public static JobRequest classify(String adapter, String dataset) {
        return new JobRequest(
                JobKind.CLASSIFY, adapter, null, dataset, null, null, null, null, null, null, null, null, null, null);
    }

    /** The same about this version of the dataset. */
    public JobRequest withVersion(@Nullable Integer number) {
        return new JobRequest(
                kind,
                adapter,
                from,
                dataset,
                number,
                texts,
                labels,
                mode,
                seed,
                hyperparameters,
                rewards,
                feedback,
                retrain,
                compareOn);
    }

    /** The same about this adapter. */
    public JobRequest withAdapter(@Nullable String reference) {
        return new JobRequest(
                kind,
                reference,
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
    }

    /** The same going on from a version of an adapter. */
    public JobRequest withFrom(@Nullable String reference) {
        return new JobRequest(
                kind,
                adapter,
                reference,
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
    }

    /** The same with these labels. */
    public JobRequest withLabels(@Nullable LabelSet set) {
        return new JobRequest(
                kind,
                adapter,
                from,
                dataset,
                version,
                texts,
                set,
                mode,
                seed,
                hyperparameters,
                rewards,
                feedback,
                retrain,
                compareOn);
    }

    /** The same in this mode. */
    public JobRequest withMode(@Nullable Mode other) {
        return new JobRequest(
                kind,
                adapter,
                from,
                dataset,
                version,
                texts,
                labels,
                other,
                seed,
                hyperparameters,
                rewards,
                feedback,
                retrain,
                compareOn);
    }

    /** The same with this seed. */
    public JobRequest withSeed(@Nullable Long other) {
        return new JobRequest(
                kind,
                adapter,
                from,
                dataset,
                version,
                texts,
                labels,
                mode,
                other,
                hyperparameters,
                rewards,
                feedback,
                retrain,
                compareOn);
    }

    /** The same learning in this way. */
    public JobRequest withHyperparameters(@Nullable Hyperparameters other) {
        return new JobRequest(
                kind, adapter, from, dataset, version, texts, labels, mode, seed, other, rewards, feedback, retrain,
                compareOn);
    }

    /** The same with answers worth this. */
    public JobRequest withRewards(@Nullable Map<String, Double> weights) {
        return new JobRequest(
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
                weights,
                feedback,
                retrain,
                compareOn);
    }

    /** The same as another training of this version. */
    public JobRequest withRetrain(@Nullable String reference) {
        return new JobRequest(
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
                reference,
                compareOn);
    }

    /** The same held against the version that is trained again on this dataset. */
    public JobRequest withCompareOn(@Nullable String reference) {
        return new JobRequest(
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
                reference);
    }
}
