package dev.taxon.training.run;

import dev.taxon.training.data.LabelledSet;
import dev.taxon.training.sampling.BatchSampler;
import dev.taxon.training.sampling.SamplingSettings;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What has to be the same for a run to go on to the same end: settings, model and data, each as a name and a value.
 */
record RunIdentity(SortedMap<String, String> facts) {
    RunIdentity {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    static RunIdentity of(FullTrainingSettings settings, Map<String, String> model, List<LabelledSet> data) {
        TreeMap<String, String> facts = new TreeMap<>();
        model.forEach((name, value) -> facts.put("model " + name, value));
        addRun(facts, settings);
        addSampling(facts, settings.sampling());
        data.stream()
                .filter(set -> !settings.sampling().excluded().contains(set.name()))
                .forEach(set -> facts.put("data " + set.name(), set.digest()));
        return new RunIdentity(facts);
    }

    private static void addRun(TreeMap<String, String> facts, FullTrainingSettings settings) {
        facts.put("extent", String.valueOf(settings.extent()));
        facts.put("rates", String.valueOf(settings.rates()));
        facts.put("update", String.valueOf(settings.update()));
        facts.put("loss", String.valueOf(settings.loss()));
    }

    private static void addSampling(TreeMap<String, String> facts, SamplingSettings sampling) {
        facts.put("sampler", "version " + BatchSampler.VERSION);
        facts.put("seed", String.valueOf(sampling.seed()));
        facts.put("temperature", String.valueOf(sampling.temperature()));
        facts.put("weights", String.valueOf(sampling.weights()));
        facts.put("excluded", String.valueOf(sampling.excluded()));
        facts.put("batch shape", String.valueOf(sampling.batch()));
        facts.put("label choice", String.valueOf(sampling.labels()));
    }

    /** How it differs from what a checkpoint was written with, in words, if it does. */
    Optional<String> differenceFrom(RunIdentity stored) {
        TreeSet<String> names = new TreeSet<>(facts.keySet());
        names.addAll(stored.facts.keySet());
        List<String> differences = names.stream()
                .filter(name -> !Objects.equals(facts.get(name), stored.facts.get(name)))
                .map(name -> name + " was " + shown(stored, name) + " and is now " + shown(this, name))
                .toList();
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", differences));
    }

    private static String shown(RunIdentity identity, String name) {
        return Objects.requireNonNullElse(identity.facts.get(name), "absent");
    }
}
