package dev.taxon.training.lora;

import dev.taxon.training.data.Example;
import dev.taxon.training.sampling.Randomness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which part each row belongs to: parts of about the same size, in each of which every label has its share. */
final class Folds {
    private static final long PARTS = 13;

    private Folds() {}

    /** The part of each row, from 0 to count - 1. */
    static int[] of(List<Example> examples, int count, long seed) {
        Randomness random = Randomness.of(seed, PARTS);
        Map<List<String>, List<Integer>> byLabels = new LinkedHashMap<>();
        for (int row = 0; row < examples.size(); row++) {
            byLabels.computeIfAbsent(examples.get(row).trueLabels(), unseen -> new ArrayList<>())
                    .add(row);
        }
        int[] parts = new int[examples.size()];
        int next = 0;
        for (List<Integer> rows : byLabels.values()) {
            random.shuffle(rows);
            for (int row : rows) {
                parts[row] = next++ % count;
            }
        }
        return parts;
    }
}
