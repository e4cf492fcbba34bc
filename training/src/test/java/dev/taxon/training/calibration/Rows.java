package dev.taxon.training.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.core.Mode;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Scored rows for tests. */
final class Rows {
    private Rows() {}

    /** Rows of two labels, of which the first is always a certain amount ahead, and right where told. */
    static ScoredRows ahead(int count, float gap, IntPredicate right) {
        float[][] logits = new float[count][];
        boolean[][] targets = new boolean[count][];
        for (int row = 0; row < count; row++) {
            logits[row] = new float[] {gap, 0};
            targets[row] = new boolean[] {right.test(row), !right.test(row)};
        }
        return ScoredRows.of(List.of("a", "b"), Mode.SINGLE_LABEL, logits, targets);
    }

    /** Rows of one label with the same logit, true where told. */
    static ScoredRows alike(int count, float logit, IntPredicate truth) {
        return ofOneLabel(IntStream.range(0, count).mapToObj(row -> logit).toList(), truth);
    }

    static ScoredRows ofOneLabel(List<Float> logits, IntPredicate truth) {
        List<ScoredRow> rows = IntStream.range(0, logits.size())
                .mapToObj(row ->
                        new ScoredRow(List.of("a"), new float[] {logits.get(row)}, new boolean[] {truth.test(row)}))
                .toList();
        return ScoredRows.of(Mode.MULTI_LABEL, rows);
    }

    /** Rows of random logits whose truth is drawn from their scores at a temperature. */
    static ScoredRows drawn(Mode mode, int count, int labels, double temperature, long seed) {
        Random random = new Random(seed);
        List<String> names =
                IntStream.range(0, labels).mapToObj(label -> "label " + label).toList();
        List<ScoredRow> rows = IntStream.range(0, count)
                .mapToObj(row -> drawn(mode, names, temperature, random))
                .toList();
        return ScoredRows.of(mode, rows);
    }

    private static ScoredRow drawn(Mode mode, List<String> names, double temperature, Random random) {
        float[] logits = new float[names.size()];
        for (int label = 0; label < logits.length; label++) {
            logits[label] = (float) (3 * random.nextGaussian());
        }
        boolean[] targets = new boolean[names.size()];
        double[] scores = new ScoredRow(names, logits, targets).scores(mode, temperature);
        if (mode == Mode.MULTI_LABEL) {
            for (int label = 0; label < targets.length; label++) {
                targets[label] = random.nextDouble() < scores[label];
            }
        } else {
            targets[drawn(scores, random.nextDouble())] = true;
        }
        return new ScoredRow(names, logits, targets);
    }

    private static int drawn(double[] shares, double number) {
        double sum = shares[0];
        int label = 0;
        while (sum < number && label < shares.length - 1) {
            sum += shares[++label];
        }
        return label;
    }

    /** The rows of a case of calibration.json. */
    static ScoredRows of(JsonNode oracle) {
        int labels = oracle.at("/logits/0").size();
        List<String> names =
                IntStream.range(0, labels).mapToObj(label -> "label " + label).toList();
        float[][] logits = new float[oracle.get("logits").size()][labels];
        boolean[][] targets = new boolean[logits.length][labels];
        for (int row = 0; row < logits.length; row++) {
            for (int label = 0; label < labels; label++) {
                logits[row][label] =
                        (float) oracle.get("logits").get(row).get(label).asDouble();
                targets[row][label] = oracle.get("targets").get(row).get(label).asInt() == 1;
            }
        }
        boolean single = oracle.get("mode").asText().equals("single-label");
        return ScoredRows.of(names, single ? Mode.SINGLE_LABEL : Mode.MULTI_LABEL, logits, targets);
    }
}
