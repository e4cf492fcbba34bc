package dev.taxon.training.supervised;

import dev.taxon.training.data.Example;
import java.util.List;

/** How far the base is from the labels of rows before it learns any. */
final class BaseError {
    private BaseError() {}

    /**
     * The probability that the softmax gives to labels that are wrong, on the average over rows: 0 to 1. A row with no right
     * label counts as wholly wrong.
     *
     * @param rows at least one
     * @param logits of each row's labels, in their order [rows][labels]
     */
    static double of(List<Example> rows, List<float[]> logits) {
        double sum = 0;
        for (int row = 0; row < rows.size(); row++) {
            sum += of(rows.get(row), logits.get(row));
        }
        return sum / rows.size();
    }

    private static double of(Example row, float[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double all = 0;
        double wrong = 0;
        for (int label = 0; label < logits.length; label++) {
            double share = Math.exp(logits[label] - largest);
            all += share;
            if (!row.trueLabels().contains(row.allLabels().get(label))) {
                wrong += share;
            }
        }
        return wrong / all;
    }
}
