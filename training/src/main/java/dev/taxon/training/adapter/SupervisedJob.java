package dev.taxon.training.adapter;

import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.training.run.RecordFacts;
import dev.taxon.training.step.AdapterSize;
import dev.taxon.training.supervised.SupervisedSettings;
import dev.taxon.training.supervised.SupervisedTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An adapter that learns from examples; {@link AdapterJob} says what is common to all. */
public record SupervisedJob(
        SupervisedTask task,
        SupervisedSettings settings,
        @Nullable Integer maxLength,
        Optional<Adapter> start,
        Map<String, String> facts)
        implements AdapterJob {
    public SupervisedJob {
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
        return settings.schedule().batchTokens();
    }

    @Override
    public Map<String, String> ownFacts() {
        Map<String, String> own = new LinkedHashMap<>(RecordFacts.of(settings));
        if (settings.rates().fullError() == 0) {
            // As jobs of before there was such a thing have it, which then go on.
            own.remove("rates.full_error");
        }
        own.put("rows", task.digest());
        if (!task.rehearsal().rows().isEmpty()) {
            own.put("rehearsal.rows", Integer.toString(task.rehearsal().rows().size()));
            own.put("rehearsal.share", Double.toString(task.rehearsal().share()));
        }
        if (!task.before().rows().isEmpty()) {
            own.put("learned_before.rows", Integer.toString(task.before().rows().size()));
        }
        own.put("mode", task.mode().toString());
        return own;
    }
}
