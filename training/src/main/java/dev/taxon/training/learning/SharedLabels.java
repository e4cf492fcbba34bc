package dev.taxon.training.learning;

import java.util.List;
import java.util.Set;

/** The labels that all rows of a task offer. */
public final class SharedLabels {
    private SharedLabels() {}

    /** The first of the lists where all hold the same labels, in any order; empty where they do not. There is at least one. */
    public static List<String> of(List<List<String>> offered) {
        Set<String> first = Set.copyOf(offered.get(0));
        boolean shared = offered.stream().distinct().allMatch(labels -> first.equals(Set.copyOf(labels)));
        return shared ? offered.get(0) : List.of();
    }
}
