package dev.taxon.training.lora;

import dev.taxon.core.CandidateLabels;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.PromptEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as the model reads them when it serves.
 *
 * @param maxLength the most tokens of a row, as in {@link ClassificationInput}; null for the model's own limit
 */
record RowEncoder(
        PromptEncoder prompts, Mode mode, @Nullable Integer maxLength) {

    /** A text beside labels: one row, or one a chunk of labels where they are too many for one. */
    List<EncodedRow> encode(String text, List<String> labels) {
        ClassificationInput input =
                new ClassificationInput(text, CandidateLabels.named(labels), mode, null, OnLong.TRUNCATE, maxLength);
        return prompts.encode(input).rows();
    }
}
