package dev.taxon.training.lora;

import dev.taxon.core.adapter.Adapter;
import dev.taxon.training.Setting;
import dev.taxon.training.policy.PolicySettings;
import dev.taxon.training.policy.Rewards;
import dev.taxon.training.run.Extent;
import dev.taxon.training.run.RecordFacts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done.
 *
 * @param rewards what answers are worth; what they are made of is among the facts
 * @param extent steps, or rows to be answered, which end with a whole epoch
 * @param size of the adapter, where there is none to go on from
 * @param batchTokens the most tokens of a step, labels apart
 * @param maxLength the most tokens of a row; null for the model's own limit
 * @param start an adapter to go on from, which is the frozen reference, too; without it, the model as it is
 * @param facts on model, data and rewards, such as their digests, that a run which goes on must share, by name; they
 *     become part of the adapter's lineage
 */
public record RewardedJob(
        RewardedTask task,
        PolicySettings settings,
        Rewards rewards,
        Extent extent,
        LoraSettings.Size size,
        int batchTokens,
        @Nullable Integer maxLength,
        Optional<Adapter> start,
        long seed,
        Map<String, String> facts) {
    public RewardedJob {
        facts = Map.copyOf(facts);
        Setting.require(maxLength == null || maxLength >= 1, "max_length", "a row has room for at least 1 token.");
        Setting.require(batchTokens >= 1, "batch_tokens", "a batch has at least 1 token.");
    }

    /** Everything that has to be the same for a run to go on to the same end. */
    Map<String, String> identity() {
        Map<String, String> identity = new LinkedHashMap<>(facts);
        identity.put("learns_from", "rewards");
        identity.put("rows", task.digest());
        identity.putAll(RecordFacts.of("policy", settings));
        identity.putAll(RecordFacts.of("extent", (Record) extent));
        identity.putAll(RecordFacts.of("size", size));
        identity.put("batch_tokens", Integer.toString(batchTokens));
        identity.put("seed", Long.toString(seed));
        identity.put("mode", task.mode().toString());
        identity.put("judged_rows", task.judged().length + (task.apart() ? " held out" : " learned from"));
        identity.put("max_length", String.valueOf(maxLength));
        start.ifPresent(adapter -> identity.put("start", adapter.digest()));
        return identity;
    }
}
