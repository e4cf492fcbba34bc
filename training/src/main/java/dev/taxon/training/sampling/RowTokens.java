package dev.taxon.training.sampling;

import dev.taxon.core.prompt.TokenIds;

/** Turns strings into the sequences a step reads. */
public interface RowTokens {

    /** {@code [CLS] text [SEP]}, the text cut at its end where it is too long. */
    TokenIds text(String text);

    /** {@code label [SEP]}, without the mark, the label cut at its end where it is too long. */
    TokenIds label(String label);
}
