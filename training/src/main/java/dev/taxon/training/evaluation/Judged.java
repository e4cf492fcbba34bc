package dev.taxon.training.evaluation;

import dev.taxon.training.data.Example;
import java.util.List;

/**
 * A row's labels beside those predicted for it.
 *
 * @param allLabels the candidates, distinct
 * @param trueLabels those that are right
 * @param predicted those that were predicted, distinct, possibly none
 */
public record Judged(List<String> allLabels, List<String> trueLabels, List<String> predicted) {
    public Judged {
        allLabels = List.copyOf(allLabels);
        trueLabels = List.copyOf(trueLabels);
        predicted = List.copyOf(predicted);
        if (!allLabels.containsAll(trueLabels) || !allLabels.containsAll(predicted)) {
            throw new IllegalArgumentException("True and predicted labels must be among all labels.");
        }
    }

    public static Judged of(Example example, List<String> predicted) {
        return new Judged(example.allLabels(), example.trueLabels(), predicted);
    }

    /** True when exactly the true labels were predicted, in any order. */
    boolean exact() {
        return predicted.size() == trueLabels.size() && predicted.containsAll(trueLabels);
    }

    /** True for the same row, however it was answered. */
    boolean sameTruth(Judged other) {
        return allLabels.equals(other.allLabels) && trueLabels.equals(other.trueLabels);
    }

    /** True when the same labels were predicted, in any order. */
    boolean sameAnswer(Judged other) {
        return predicted.size() == other.predicted.size() && predicted.containsAll(other.predicted);
    }
}
