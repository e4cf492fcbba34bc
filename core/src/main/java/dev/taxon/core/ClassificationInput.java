package dev.taxon.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One text and the labels to score it against.
 *
 * @param text the text; any Unicode, may contain strings that look like markers, which stay plain characters
 * @param labels label names in order; duplicates are allowed and give one logit a position
 * @param threshold the score from which a label is predicted, in [0, 1]; null means 0.5 for multi-label and none for
 *     single-label
 * @param maxLength the most tokens of the whole row, null for the model's own
 */
public record ClassificationInput(
        String text,
        List<String> labels,
        Mode mode,
        @Nullable Double threshold,
        OnLong onLong,
        @Nullable Integer maxLength) {

    public ClassificationInput {
        labels = List.copyOf(labels);
    }

    /** A single-label input with every default. */
    public static ClassificationInput of(String text, List<String> labels) {
        return new ClassificationInput(text, labels, Mode.SINGLE_LABEL, null, OnLong.TRUNCATE, null);
    }
}
