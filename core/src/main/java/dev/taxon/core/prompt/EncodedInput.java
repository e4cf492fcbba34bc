package dev.taxon.core.prompt;

import dev.taxon.core.ClassificationInput;
import java.util.List;

/**
 * An input as token ids, ready to be batched.
 *
 * @param input what was asked
 * @param text the token ids of the row's own sequence: the whole prompt (joint layout) or the text alone (late mixing)
 * @param labels late mixing: each label's ids without its mark, by position; joint layout: empty, as the labels are
 *     part of {@code text}
 * @param marks joint layout: where in {@code text} the marks stand; late mixing: {@link MarkPositions#NONE}
 * @param tokens tokens of the row altogether, labels and marks included
 * @param truncated true when the text was cut
 */
public record EncodedInput(
        ClassificationInput input,
        TokenIds text,
        List<TokenIds> labels,
        MarkPositions marks,
        int tokens,
        boolean truncated) {

    public EncodedInput {
        labels = List.copyOf(labels);
    }

    /** An input without marks in its sequence. */
    public EncodedInput(
            ClassificationInput input, TokenIds text, List<TokenIds> labels, int tokens, boolean truncated) {
        this(input, text, labels, MarkPositions.NONE, tokens, truncated);
    }

    /**
     * How many positions a forward pass computes for the row, by which batches are planned: its own sequence and, with
     * late mixing, a mark a label. Labels that have to be encoded first come on top.
     */
    public int positions() {
        return text.length() + labels.size();
    }

    /** Sizes only: text, labels and their ids are a customer's words. */
    @Override
    public String toString() {
        return "EncodedInput[%d labels, %d tokens, truncated %s]"
                .formatted(input.candidates().size(), tokens, truncated);
    }
}
