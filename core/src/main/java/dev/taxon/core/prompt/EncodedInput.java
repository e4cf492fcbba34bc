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
 * @param tokens tokens of the row altogether, labels and marks included
 * @param truncated true when the text was cut
 */
public record EncodedInput(
        ClassificationInput input, TokenIds text, List<TokenIds> labels, int tokens, boolean truncated) {

    public EncodedInput {
        labels = List.copyOf(labels);
    }

    /** The length by which rows are sorted and padded. */
    public int length() {
        return text.length();
    }
}
