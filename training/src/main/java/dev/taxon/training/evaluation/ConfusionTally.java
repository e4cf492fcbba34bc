package dev.taxon.training.evaluation;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts which label was answered where another was true. Not thread-safe. */
final class ConfusionTally {
    private final Map<String, Map<String, Long>> cells = new LinkedHashMap<>();

    void add(Judged row) {
        for (String truth : row.trueLabels()) {
            Map<String, Long> answers = cells.computeIfAbsent(truth, first -> new LinkedHashMap<>());
            row.predicted().forEach(answer -> answers.merge(answer, 1L, Long::sum));
        }
    }

    /** The cells, with a row and a column for each of the labels, and only those that occurred for others. */
    Map<String, Map<String, Long>> table(Collection<String> labels) {
        Map<String, Map<String, Long>> table = new LinkedHashMap<>();
        for (String truth : labels) {
            Map<String, Long> answers = new LinkedHashMap<>();
            labels.forEach(answer -> answers.put(answer, 0L));
            table.put(truth, answers);
        }
        cells.forEach((truth, answers) ->
                table.computeIfAbsent(truth, first -> new LinkedHashMap<>()).putAll(answers));
        return table;
    }
}
