package dev.taxon.training.calibration;

import dev.taxon.core.Mode;
import java.util.List;
import java.util.stream.IntStream;

/** A row's logits beside the truth. Immutable and thread-safe. */
public final class ScoredRow {
    private final List<String> labels;
    private final float[] logits;
    private final boolean[] targets;

    /**
     * A row with its scores.
     *
     * @param labels the candidates, distinct, at least one
     * @param logits [labels], undivided by any temperature, finite
     * @param targets [labels], true where the label is right
     */
    public ScoredRow(List<String> labels, float[] logits, boolean[] targets) {
        if (labels.isEmpty() || logits.length != labels.size() || targets.length != labels.size()) {
            throw new IllegalArgumentException("A row needs labels, and a logit and a target for each.");
        }
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new IllegalArgumentException(
                        "A row's logits are not finite; leave out rows that could not be scored, and count them.");
            }
        }
        this.labels = List.copyOf(labels);
        this.logits = logits.clone();
        this.targets = targets.clone();
    }

    public List<String> labels() {
        return labels;
    }

    public int size() {
        return logits.length;
    }

    public double logit(int label) {
        return logits[label];
    }

    public boolean target(int label) {
        return targets[label];
    }

    /** Names of the labels that are right. */
    public List<String> trueLabels() {
        return IntStream.range(0, size())
                .filter(label -> targets[label])
                .mapToObj(labels::get)
                .toList();
    }

    /** The place of the highest logit, the first of equal ones. */
    public int best() {
        int best = 0;
        for (int label = 1; label < logits.length; label++) {
            best = logits[label] > logits[best] ? label : best;
        }
        return best;
    }

    /** The place of the one label that is right; -1 where none or several are. */
    int onlyTarget() {
        int only = -1;
        for (int label = 0; label < targets.length; label++) {
            if (targets[label] && only >= 0) {
                return -1;
            }
            only = targets[label] ? label : only;
        }
        return only;
    }

    /**
     * What an engine makes of the logits: softmax or sigmoid of them divided by a temperature, as in {@link
     * dev.taxon.core.Decoder}.
     *
     * @return [labels], in [0, 1]
     */
    public double[] scores(Mode mode, double temperature) {
        return mode == Mode.SINGLE_LABEL ? softmax(temperature) : sigmoids(temperature);
    }

    private double[] softmax(double temperature) {
        double highest = logits[best()];
        double[] shares = new double[logits.length];
        double sum = 0;
        for (int label = 0; label < shares.length; label++) {
            shares[label] = Math.exp((logits[label] - highest) / temperature);
            sum += shares[label];
        }
        for (int label = 0; label < shares.length; label++) {
            shares[label] /= sum;
        }
        return shares;
    }

    private double[] sigmoids(double temperature) {
        double[] scores = new double[logits.length];
        for (int label = 0; label < scores.length; label++) {
            scores[label] = 1 / (1 + Math.exp(-logits[label] / temperature));
        }
        return scores;
    }

    /** Sizes only: labels are a customer's words. */
    @Override
    public String toString() {
        return "ScoredRow[%d labels]".formatted(size());
    }
}
