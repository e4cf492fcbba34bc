package dev.taxon.training.lora;

import dev.taxon.core.adapter.Adapter;
import dev.taxon.training.Setting;
import dev.taxon.training.run.RecordFacts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done.
 *
 * @param maxLength the most tokens of a row; null for the model's own limit
 * @param start an adapter to go on from, whose layers and ranks hold instead of the settings'
 * @param facts on model and data, such as their digests, that a run which goes on must share, by name; they become
 *     part of the adapter's lineage
 */
public record LoraJob(
        LearningTask task,
        LoraSettings settings,
        @Nullable Integer maxLength,
        Optional<Adapter> start,
        Map<String, String> facts) {
    public LoraJob {
        facts = Map.copyOf(facts);
        Setting.require(maxLength == null || maxLength >= 1, "max_length", "a row has room for at least 1 token.");
    }

    /** Everything that has to be the same for a run to go on to the same end. */
    Map<String, String> identity() {
        Map<String, String> identity = new LinkedHashMap<>(facts);
        identity.putAll(RecordFacts.of(settings));
        identity.put("rows", task.digest());
        if (!task.rehearsal().rows().isEmpty()) {
            identity.put(
                    "rehearsal.rows", Integer.toString(task.rehearsal().rows().size()));
            identity.put("rehearsal.share", Double.toString(task.rehearsal().share()));
        }
        identity.put("mode", task.mode().toString());
        identity.put("max_length", String.valueOf(maxLength));
        start.ifPresent(adapter -> identity.put("start", adapter.digest()));
        return identity;
    }
}
