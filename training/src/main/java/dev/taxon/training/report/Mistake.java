package dev.taxon.training.report;

import java.util.List;
import java.util.Optional;

/**
 * A row that was answered wrongly.
 *
 * @param row its number in the data, from 1
 * @param text the beginning of the owner's text; empty in a report without texts
 * @param answered the labels that were predicted
 * @param label the wrong label, or, where none was predicted wrongly, the one missed
 * @param missed true where the label should have been predicted and was not
 * @param confidence how sure the model was of that, in [0, 1]: the label's score, or 1 less it where it was missed
 */
public record Mistake(
        long row,
        Optional<String> text,
        List<String> trueLabels,
        List<String> answered,
        String label,
        boolean missed,
        double confidence) {
    public Mistake {
        trueLabels = List.copyOf(trueLabels);
        answered = List.copyOf(answered);
    }

    Mistake withoutText() {
        return new Mistake(row, Optional.empty(), trueLabels, answered, label, missed, confidence);
    }

    /** Without text and labels, which are their owner's. */
    @Override
    public String toString() {
        return "Mistake[row %d, confidence %s]".formatted(row, confidence);
    }
}
