package dev.taxon.core.prompt;

import java.util.List;

/**
 * One row of a forward pass: a window of a text and a chunk of its labels.
 *
 * @param text the token ids of the row's own sequence: the whole prompt (joint layout) or the text alone (late mixing)
 * @param labels late mixing: each label's ids without its mark, by position; joint layout: empty, as the labels are
 *     part of {@code text}
 * @param marks joint layout: where in {@code text} the marks stand; late mixing: {@link MarkPositions#NONE}
 * @param labelCount how many labels the row scores
 */
public record EncodedRow(TokenIds text, List<TokenIds> labels, MarkPositions marks, int labelCount) {
    public EncodedRow {
        labels = List.copyOf(labels);
    }

    /** A row of the joint layout. */
    public static EncodedRow joint(TokenIds sequence, MarkPositions marks) {
        return new EncodedRow(sequence, List.of(), marks, marks.labels().size());
    }

    /** A row of late mixing. */
    public static EncodedRow apart(TokenIds text, List<TokenIds> labels) {
        return new EncodedRow(text, labels, MarkPositions.NONE, labels.size());
    }

    /**
     * How many positions a forward pass computes for the row, by which batches are planned: its own sequence and, with
     * late mixing, a mark a label. Labels that have to be encoded first come on top.
     */
    public int positions() {
        return text.length() + labels.size();
    }

    /** Sizes only: ids are a customer's words in another spelling. */
    @Override
    public String toString() {
        return "EncodedRow[%d tokens, %d labels]".formatted(text.length(), labelCount);
    }
}
