package dev.taxon.training.learning;

import dev.taxon.training.data.Example;
import dev.taxon.training.data.PlainText;
import dev.taxon.training.sampling.Randomness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which part each row belongs to. In each part every set of labels has its share, and texts that are the same as
 * {@link PlainText} has it are never in two parts.
 */
public final class Folds {
    private static final long PARTS = 13;

    private Folds() {}

    /** How many different texts there are, beyond which parts would be empty. */
    public static int texts(List<Example> examples) {
        return (int) examples.stream()
                .map(example -> PlainText.of(example.text()))
                .distinct()
                .count();
    }

    /** The part of each row, from 0 to count - 1, of parts of about the same size; at most as many as there are texts. */
    public static int[] of(List<Example> examples, int count, long seed) {
        int[] parts = new int[examples.size()];
        int next = 0;
        for (List<Integer> rows : ordered(examples, seed)) {
            for (int row : rows) {
                parts[row] = next % count;
            }
            next++;
        }
        return parts;
    }

    /**
     * 0 for a row that is held out, 1 for another; at least one of each where there are two different texts.
     *
     * @param share of the rows that are held out
     * @param most rows of these, as far as texts that are the same allow
     */
    public static int[] heldOut(List<Example> examples, double share, int most, long seed) {
        List<List<Integer>> ordered = ordered(examples, seed);
        long wanted = Math.max(1, Math.min(most, Math.round(share * ordered.size())));
        int[] parts = new int[examples.size()];
        for (int number = 0; number < ordered.size(); number++) {
            // Systematic sampling, by which each set of labels gives its share to one row.
            boolean out = (number + 1) * wanted / ordered.size() > number * wanted / ordered.size();
            for (int row : ordered.get(number)) {
                parts[row] = out ? 0 : 1;
            }
        }
        return parts;
    }

    /** The rows of each text, those of the same labels one after the other, otherwise in random order. */
    private static List<List<Integer>> ordered(List<Example> examples, long seed) {
        Randomness random = Randomness.of(seed, PARTS);
        Map<String, List<Integer>> byText = new LinkedHashMap<>();
        for (int row = 0; row < examples.size(); row++) {
            byText.computeIfAbsent(PlainText.of(examples.get(row).text()), unseen -> new ArrayList<>())
                    .add(row);
        }
        Map<List<String>, List<List<Integer>>> byLabels = new LinkedHashMap<>();
        for (List<Integer> rows : byText.values()) {
            List<String> labels =
                    examples.get(rows.get(0)).trueLabels().stream().sorted().toList();
            byLabels.computeIfAbsent(labels, unseen -> new ArrayList<>()).add(rows);
        }
        List<List<List<Integer>>> groups = new ArrayList<>(byLabels.values());
        random.shuffle(groups);
        groups.forEach(random::shuffle);
        return groups.stream().flatMap(List::stream).toList();
    }
}
