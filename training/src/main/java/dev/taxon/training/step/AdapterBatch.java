package dev.taxon.training.step;

import dev.taxon.core.prompt.EncodedRow;
import java.util.List;

/** Rows of one step of an adapter, as the model reads them. */
public record AdapterBatch(List<Row> rows) {

    /**
     * A text with the labels it is scored against.
     *
     * @param encoded text and labels in the order shown to the model
     * @param targets 1 for a true label, 0 for another, by position of the labels
     * @param singleLabel true when exactly one label is right, which adds the softmax term
     */
    public record Row(EncodedRow encoded, float[] targets, boolean singleLabel) implements Targets.Row {}

    public AdapterBatch {
        rows = List.copyOf(rows);
    }

    List<EncodedRow> encoded() {
        return rows.stream().map(Row::encoded).toList();
    }

    /** Tokens of texts and distinct labels, marks included, without padding. */
    public long tokens() {
        return tokens(encoded());
    }

    /** The same of rows alone. */
    public static long tokens(List<EncodedRow> rows) {
        long labels = rows.stream()
                .flatMap(row -> row.labels().stream())
                .distinct()
                .mapToLong(label -> label.length() + 1L)
                .sum();
        return labels + rows.stream().mapToLong(row -> row.text().length()).sum();
    }
}
