package dev.taxon.training.lora;

import dev.taxon.core.CandidateLabels;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.InputException;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rows as the model reads them when it serves.
 *
 * @param maxLength the most tokens of a row, as in {@link ClassificationInput}; null for the model's own limit
 */
record RowEncoder(
        PromptEncoder prompts, Mode mode, @Nullable Integer maxLength) {

    /**
     * A text beside labels: one row, or one a chunk of labels where they are too many for one.
     *
     * @param place where the row stands, for messages
     * @throws TrainingException naming the place, when the row cannot be read
     */
    List<EncodedRow> encode(String place, String text, List<String> labels) {
        try {
            ClassificationInput input = new ClassificationInput(
                    text, CandidateLabels.named(labels), mode, null, OnLong.TRUNCATE, maxLength);
            return prompts.encode(input).rows();
        } catch (InputException refused) {
            throw new TrainingException("Cannot read " + place + ": " + refused.getMessage(), refused);
        }
    }

    /** Tokens of a text as batches count them, its labels apart. */
    int length(String place, String text, List<String> labels) {
        return encode(place, text, labels.subList(0, 1)).get(0).text().length();
    }

    /** The lengths of so many rows; empty when asked to stop meanwhile. */
    static Optional<int[]> lengths(int rows, IntUnaryOperator length, StopSignal stop) {
        int[] lengths = new int[rows];
        for (int row = 0; row < rows; row++) {
            if (stop.requested()) {
                return Optional.empty();
            }
            lengths[row] = length.applyAsInt(row);
        }
        return Optional.of(lengths);
    }
}
