package dev.taxon.training.supervised;

import dev.taxon.training.data.Example;
import java.util.List;

/** How far the base is from the labels of rows before it learns any. */
final class BaseError {
    private BaseError() {}

    /**
     * The probability that the softmax gives to labels that are wrong, on the average over rows with a right one: 0 to 1, and
     * 0 where there is no such row.
     *
     * @param logits of each row's labels, in their order [rows][labels]
     */
    static double of(List<Example> rows, List<float[]> logits) {
        double sum = 0;
        int counted = 0;
        for (int row = 0; row < rows.size(); row++) {
            if (!rows.get(row).trueLabels().isEmpty()) {
                sum += of(rows.get(row), logits.get(row));
                counted++;
            }
        }
        return counted == 0 ? 0 : sum / counted;
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
