package dev.taxon.training.step;

import dev.taxon.core.prompt.TokenIds;
import java.util.List;

/**
 * Rows of one step. Labels recur within a batch, so each distinct one stands here once and rows point at it.
 *
 * @param labels distinct labels, each without its mark
 */
public record TrainingBatch(List<Row> rows, List<TokenIds> labels) {

    /**
     * A text with the labels it is scored against.
     *
     * @param text {@code [CLS] text [SEP]}
     * @param labels indices into the batch's labels, in the order shown to the model
     * @param targets 1 for a true label, 0 for another, by position of {@code labels}
     * @param singleLabel true when exactly one label is right, which adds the softmax term
     */
    public record Row(TokenIds text, int[] labels, float[] targets, boolean singleLabel) implements Targets.Row {}

    public TrainingBatch {
        rows = List.copyOf(rows);
        labels = List.copyOf(labels);
    }

    /** Tokens of texts and distinct labels, marks included, without padding. */
    public long tokens() {
        return rows.stream().mapToLong(row -> row.text().length()).sum()
                + labels.stream().mapToLong(label -> label.length() + 1L).sum();
    }
}
