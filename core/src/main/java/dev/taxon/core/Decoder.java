package dev.taxon.core;

import dev.taxon.core.prompt.EncodedInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns logits into scores and predictions (arXiv 2508.07662, section 3). */
final class Decoder {
    private static final double DEFAULT_THRESHOLD = 0.5;
    private static final Comparator<LabelScore> HIGHEST_FIRST =
            Comparator.comparingDouble(LabelScore::score).reversed();

    private Decoder() {}

    /** A classification for each row, from its logits by position of its labels. */
    static List<Classification> decode(List<EncodedInput> rows, List<float[]> logits) {
        List<Classification> decoded = new ArrayList<>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            decoded.add(decode(rows.get(row), logits.get(row)));
        }
        return decoded;
    }

    private static Classification decode(EncodedInput row, float[] logits) {
        if (!allFinite(logits)) {
            return new Classification.NotFinite(row.tokens(), row.truncated());
        }
        ClassificationInput input = row.input();
        boolean single = input.mode() == Mode.SINGLE_LABEL;
        List<LabelScore> scores = scores(input.labels(), single ? softmax(logits) : sigmoid(logits));
        List<LabelScore> predictions = single ? best(scores, input) : aboveThreshold(scores, input);
        return new Classification.Scored(predictions, scores, boxed(logits), row.tokens(), row.truncated());
    }

    /** Highest first. A label that stands twice keeps its first place and its last score, as in the reference. */
    private static List<LabelScore> scores(List<String> labels, double[] probabilities) {
        Map<String, Double> byLabel = new LinkedHashMap<>();
        for (int i = 0; i < probabilities.length; i++) {
            byLabel.put(labels.get(i), probabilities[i]);
        }
        return byLabel.entrySet().stream()
                .map(entry -> new LabelScore(entry.getKey(), entry.getValue()))
                .sorted(HIGHEST_FIRST)
                .toList();
    }

    /** The best label answers always, unless the input asks for a least score. */
    private static List<LabelScore> best(List<LabelScore> scores, ClassificationInput input) {
        Double threshold = input.threshold();
        return scores.stream()
                .limit(1)
                .filter(best -> threshold == null || best.score() >= threshold)
                .toList();
    }

    private static List<LabelScore> aboveThreshold(List<LabelScore> scores, ClassificationInput input) {
        Double given = input.threshold();
        double threshold = given == null ? DEFAULT_THRESHOLD : given;
        return scores.stream().filter(label -> label.score() >= threshold).toList();
    }

    static double[] softmax(float[] logits) {
        double highest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double[] shares = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            shares[i] = Math.exp(logits[i] - highest);
            sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    static double[] sigmoid(float[] logits) {
        double[] probabilities = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = 1 / (1 + Math.exp(-logits[i]));
        }
        return probabilities;
    }

    private static boolean allFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static List<Float> boxed(float[] values) {
        List<Float> boxed = new ArrayList<>(values.length);
        for (float value : values) {
            boxed.add(value);
        }
        return boxed;
    }
}
