package dev.taxon.training.baseline;

import dev.taxon.core.Mode;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.ExampleStream;
import dev.taxon.training.evaluation.LabelPredictor;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers every row with whichever of its labels is true most often in the rows that are evaluated: what one scores by
 * knowing nothing but how common labels are. Of equally frequent labels the first listed answers.
 */
public final class MostFrequentLabel implements LabelPredictor {
    private final Map<String, Long> frequencies;

    private MostFrequentLabel(Map<String, Long> frequencies) {
        this.frequencies = Map.copyOf(frequencies);
    }

    /** Counts the true labels of a file's first rows. */
    public static MostFrequentLabel countedIn(Path file, long limit) {
        Map<String, Long> frequencies = new HashMap<>();
        try (ExampleStream rows = ExampleStream.open(file)) {
            Example row = rows.next();
            for (long seen = 0; row != null && seen < limit; seen++) {
                row.trueLabels().forEach(label -> frequencies.merge(label, 1L, Long::sum));
                row = rows.next();
            }
        }
        return new MostFrequentLabel(frequencies);
    }

    @Override
    public List<List<String>> predict(List<Example> rows, Mode mode) {
        return rows.stream().map(row -> List.of(answer(row))).toList();
    }

    private String answer(Example row) {
        return row.allLabels().stream()
                .max(Comparator.comparing(label -> frequencies.getOrDefault(label, 0L)))
                .orElseThrow();
    }
}
