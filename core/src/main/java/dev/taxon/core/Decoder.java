package dev.taxon.core;

import dev.taxon.core.adapter.AdapterReference;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.core.prompt.EncodedInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns logits into scores and predictions (arXiv 2508.07662, section 3), and alone decides which threshold holds: the
 * label's own, then the input's, then the adapter's calibrated one, then 0.5. An adapter's temperature divides its logits. In single-label mode the best label answers, unless the label or the input
 * asks for a score that it does not reach.
 */
public final class Decoder {
    private static final double DEFAULT_THRESHOLD = 0.5;
    private static final Comparator<Candidate> HIGHEST_FIRST =
            Comparator.comparingDouble(Candidate::score).reversed();

    private Decoder() {}

    /** A label with its score. */
    private record Candidate(CandidateLabel label, double score) {

        /**
         * Whether the label is predicted.
         *
         * @param asked the input's threshold
         * @param fallback the threshold where neither label nor input asks for one
         */
        boolean reaches(@Nullable Double asked, double fallback) {
            Double own = label.threshold();
            double threshold = own != null ? own : asked != null ? asked : fallback;
            return score >= threshold;
        }

        LabelScore toLabelScore() {
            return new LabelScore(label.name(), score);
        }
    }

    /**
     * A classification for each row.
     *
     * @param logits [rows][labels of the row], by position of its labels
     */
    public static List<Classification> decode(List<EncodedInput> rows, List<float[]> logits) {
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
        double temperature = settings(input).temperature();
        List<Candidate> candidates =
                candidates(input.candidates(), single ? softmax(logits, temperature) : sigmoid(logits, temperature));
        return new Classification.Scored(
                predictions(candidates, input),
                candidates.stream().map(Candidate::toLabelScore).toList(),
                boxed(logits),
                row.tokens(),
                row.truncated());
    }

    /**
     * Highest first. A label that stands twice keeps its first place and its last score, as in the reference, and so the
     * threshold that belongs to that score.
     */
    private static List<Candidate> candidates(CandidateLabels labels, double[] probabilities) {
        Map<String, Candidate> byName = new LinkedHashMap<>();
        for (int i = 0; i < probabilities.length; i++) {
            CandidateLabel label = labels.get(i);
            byName.put(label.name(), new Candidate(label, probabilities[i]));
        }
        return byName.values().stream().sorted(HIGHEST_FIRST).toList();
    }

    private static List<LabelScore> predictions(List<Candidate> candidates, ClassificationInput input) {
        boolean single = input.mode() == Mode.SINGLE_LABEL;
        return candidates.stream()
                .limit(single ? 1 : candidates.size())
                .filter(candidate -> candidate.reaches(
                        input.threshold(), single ? Double.NEGATIVE_INFINITY : fallback(candidate.label(), input)))
                .map(Candidate::toLabelScore)
                .toList();
    }

    private static double fallback(CandidateLabel label, ClassificationInput input) {
        return settings(input).thresholdOf(label.name()).orElse(DEFAULT_THRESHOLD);
    }

    private static AdapterSettings settings(ClassificationInput input) {
        AdapterReference adapter = input.adapter();
        return adapter == null ? AdapterSettings.NONE : adapter.settings();
    }

    static double[] softmax(float[] logits, double temperature) {
        double highest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double[] shares = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            shares[i] = Math.exp((logits[i] - highest) / temperature);
            sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    static double[] sigmoid(float[] logits, double temperature) {
        double[] probabilities = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = 1 / (1 + Math.exp(-logits[i] / temperature));
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
