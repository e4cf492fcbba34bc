package dev.taxon.training.supervised;

import dev.taxon.core.Mode;
import dev.taxon.training.data.Example;
import java.util.List;
import java.util.Set;

/** What answers cost on the average, by their likelihood: of the softmax or of each label's sigmoid. */
final class AnswerLoss {
    private AnswerLoss() {}

    /** The mean over rows, in nats; for multi-label the mean over labels, too. */
    static double of(List<Example> examples, List<float[]> logits, Mode mode) {
        double sum = 0;
        for (int row = 0; row < examples.size(); row++) {
            sum += mode == Mode.SINGLE_LABEL
                    ? softmax(examples.get(row), logits.get(row))
                    : binary(examples.get(row), logits.get(row));
        }
        return sum / examples.size();
    }

    private static double softmax(Example example, float[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        double truth = Double.NEGATIVE_INFINITY;
        for (int label = 0; label < logits.length; label++) {
            largest = Math.max(largest, logits[label]);
            if (example.trueLabels().contains(example.allLabels().get(label))) {
                truth = Math.max(truth, logits[label]);
            }
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - largest);
        }
        return truth == Double.NEGATIVE_INFINITY ? 0 : largest + Math.log(sum) - truth;
    }

    private static double binary(Example example, float[] logits) {
        Set<String> truths = Set.copyOf(example.trueLabels());
        double sum = 0;
        for (int label = 0; label < logits.length; label++) {
            boolean right = truths.contains(example.allLabels().get(label));
            double margin = right ? logits[label] : -logits[label];
            sum += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
        }
        return sum / logits.length;
    }
}
