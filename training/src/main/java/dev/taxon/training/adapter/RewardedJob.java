package dev.taxon.training.adapter;

import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.training.ppo.RewardedSettings;
import dev.taxon.training.ppo.RewardedTask;
import dev.taxon.training.run.RecordFacts;
import dev.taxon.training.step.AdapterSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An adapter that learns from rewards; {@link AdapterJob} says what is common to all.
 *
 * @param start which is the frozen reference, too; without it, the model as it is
 * @param facts what the rewards are made of is among them
 */
public record RewardedJob(
        RewardedTask task,
        RewardedSettings settings,
        @Nullable Integer maxLength,
        Optional<Adapter> start,
        Map<String, String> facts)
        implements AdapterJob {
    public RewardedJob {
        facts = Map.copyOf(facts);
        AdapterJob.requireRoom(maxLength);
    }

    @Override
    public Mode mode() {
        return task.mode();
    }

    @Override
    public List<String> labels() {
        return task.labels();
    }

    @Override
    public AdapterSize size() {
        return settings.size();
    }

    @Override
    public int batchTokens() {
        return settings.batchTokens();
    }

    @Override
    public Map<String, String> ownFacts() {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("learns_from", "rewards");
        // A job that began when they still moved the policy ends otherwise.
        own.put("equal_rewards", "teach the value head alone");
        own.put("rows", task.digest());
        own.putAll(RecordFacts.of("policy", settings.policy()));
        own.putAll(RecordFacts.of("extent", (Record) settings.extent()));
        own.putAll(RecordFacts.of("size", settings.size()));
        own.put("batch_tokens", Integer.toString(settings.batchTokens()));
        own.put("seed", Long.toString(settings.seed()));
        own.put("mode", task.mode().toString());
        own.put("judged_rows", task.judged().length + (task.apart() ? " held out" : " learned from"));
        return own;
    }
}
