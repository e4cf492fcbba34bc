package dev.taxon.training.data.validation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Labels of a set that are several in one cell, as files have them whose column is called {@code label}: each part is also
 * a label of the set, or a part of another one.
 *
 * @param labels the set, each once
 */
record JoinedLabels(List<String> labels) {
    private static final Pattern SEPARATOR = Pattern.compile("[|;,]");

    JoinedLabels {
        labels = List.copyOf(labels);
    }

    /** Those that are joined, in the set's order. */
    Stream<String> stream() {
        Map<String, Integer> seen = new HashMap<>();
        labels.forEach(label -> parts(label).distinct().forEach(part -> seen.merge(part, 1, Integer::sum)));
        return labels.stream()
                .filter(label -> SEPARATOR.matcher(label).find())
                .filter(label -> parts(label).allMatch(part -> !part.isEmpty() && seen.getOrDefault(part, 0) > 1));
    }

    /** One for a label without a separator: itself. */
    private static Stream<String> parts(String label) {
        return Arrays.stream(SEPARATOR.split(label, -1)).map(String::strip);
    }
}
