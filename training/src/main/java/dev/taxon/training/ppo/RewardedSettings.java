package dev.taxon.training.ppo;

import dev.taxon.training.Setting;
import dev.taxon.training.policy.PolicySettings;
import dev.taxon.training.policy.Rewards;
import dev.taxon.training.run.Extent;
import dev.taxon.training.step.AdapterSize;

/**
 * Everything that decides what adapter comes of the same rows, the same start and the same base.
 *
 * @param rewards what answers are worth; what they are made of is not among the facts that {@code RecordFacts} tells
 * @param extent steps, or rows to be answered, which end with a whole epoch
 * @param size of the adapter, where there is none to go on from
 * @param batchTokens the most tokens of a step, labels apart
 */
public record RewardedSettings(
        PolicySettings policy, Rewards rewards, Extent extent, AdapterSize size, int batchTokens, long seed) {
    /** How often each row is answered, where nothing else is asked for. */
    public static final int DEFAULT_EPOCHS = 4;

    /** The most tokens of a step, where nothing else is asked for. */
    public static final int DEFAULT_BATCH_TOKENS = 4096;

    public RewardedSettings {
        Setting.require(batchTokens >= 1 && batchTokens <= 65_536, "batch_tokens", "a batch has 1 to 65536 tokens.");
    }

    /** So many rows, each answered so often. */
    public static Extent epochs(int rows, int times) {
        Setting.require(times >= 1 && times <= 10_000, "epochs", "the epochs lie between 1 and 10000.");
        return new Extent.Rows((long) rows * times);
    }
}
