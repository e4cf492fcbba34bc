package dev.taxon.training.sampling;

import dev.taxon.training.data.DataException;
import dev.taxon.training.data.LabelledSet;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sets that take part and the share of rows each one gives.
 *
 * @param shares one for each set, adding up to 1
 */
record WeightedSets(List<LabelledSet> sets, double[] shares) {

    static WeightedSets of(List<LabelledSet> all, SamplingSettings settings) {
        refuseUnknown(all, settings);
        List<LabelledSet> sets = all.stream()
                .filter(set -> !settings.excluded().contains(set.name()))
                .toList();
        if (sets.isEmpty()) {
            throw new DataException("There is no data to train on; give at least one set that is not excluded.");
        }
        double[] weights = sets.stream()
                .mapToDouble(set -> Math.pow(set.size(), settings.temperature())
                        * settings.weights().getOrDefault(set.name(), 1.0))
                .toArray();
        double total = Arrays.stream(weights).sum();
        return new WeightedSets(
                sets, Arrays.stream(weights).map(weight -> weight / total).toArray());
    }

    private static void refuseUnknown(List<LabelledSet> sets, SamplingSettings settings) {
        Set<String> names = sets.stream().map(LabelledSet::name).collect(Collectors.toCollection(HashSet::new));
        if (names.size() != sets.size()) {
            throw new DataException("Two sets have the same name; rename one of the files.");
        }
        Stream.concat(settings.weights().keySet().stream(), settings.excluded().stream())
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new DataException("There is no set named " + name + " in the data; the sets are "
                            + names.stream().sorted().collect(Collectors.joining(", ")) + ".");
                });
    }
}
