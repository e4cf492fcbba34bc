package dev.taxon.training.learning;

import dev.taxon.core.CandidateLabels;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.InputException;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.training.run.TrainingException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as the model reads them when it serves.
 *
 * @param maxLength the most tokens of a row, as in {@link ClassificationInput}; null for the model's own limit
 */
public record RowEncoder(
        PromptEncoder prompts, Mode mode, @Nullable Integer maxLength) {

    /**
     * A text beside labels: one row, or one a chunk of labels where they are too many for one.
     *
     * @throws TrainingException naming the place, when the row cannot be read
     */
    public List<EncodedRow> encode(PlacedRow row) {
        try {
            ClassificationInput input = new ClassificationInput(
                    row.text(), CandidateLabels.named(row.labels()), mode, null, OnLong.TRUNCATE, maxLength);
            return prompts.encode(input).rows();
        } catch (InputException refused) {
            throw new TrainingException("Cannot read " + row.place() + ": " + refused.getMessage(), refused);
        }
    }

    /** Tokens of a text as batches count them, its labels apart. */
    int length(PlacedRow row) {
        PlacedRow alone = new PlacedRow(row.place(), row.text(), row.labels().subList(0, 1));
        return encode(alone).get(0).text().length();
    }
}
