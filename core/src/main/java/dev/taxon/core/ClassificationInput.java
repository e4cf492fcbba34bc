package dev.taxon.core;

import dev.taxon.core.adapter.AdapterReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One text and the labels to score it against.
 *
 * @param text the text; any Unicode, may contain strings that look like markers, which stay plain characters
 * @param candidates the labels in order, each with a threshold of its own where it has one; duplicates give one logit a
 *     position
 * @param context what is read beside labels and text
 * @param threshold the score from which labels without a threshold of their own are predicted, in [0, 1]; null for the
 *     adapter's, or without one 0.5, for multi-label, and none for single-label
 * @param maxLength the most tokens of the whole row, labels and marks included; null for the layout's own limit, see
 *     {@link dev.taxon.core.prompt.PromptEncoder#DEFAULT_MAXIMUM_LENGTH}. No sequence of it takes more than the model
 *     has positions
 * @param adapter what changes the model for this row; null for the base alone
 */
public record ClassificationInput(
        String text,
        CandidateLabels candidates,
        TaskContext context,
        Mode mode,
        @Nullable Double threshold,
        OnLong onLong,
        @Nullable Integer maxLength,
        @Nullable AdapterReference adapter) {

    /** An input without context and adapter. */
    public ClassificationInput(
            String text,
            CandidateLabels candidates,
            Mode mode,
            @Nullable Double threshold,
            OnLong onLong,
            @Nullable Integer maxLength) {
        this(text, candidates, TaskContext.NONE, mode, threshold, onLong, maxLength, null);
    }

    /** An input without context and adapter, whose labels are names alone. */
    public ClassificationInput(
            String text,
            List<String> labels,
            Mode mode,
            @Nullable Double threshold,
            OnLong onLong,
            @Nullable Integer maxLength) {
        this(text, CandidateLabels.named(labels), mode, threshold, onLong, maxLength);
    }

    /** A single-label input with every default. */
    public static ClassificationInput of(String text, List<String> labels) {
        return new ClassificationInput(text, labels, Mode.SINGLE_LABEL, null, OnLong.TRUNCATE, null);
    }

    /** The same beside other context. */
    public ClassificationInput withContext(TaskContext other) {
        return new ClassificationInput(text, candidates, other, mode, threshold, onLong, maxLength, adapter);
    }

    /** The same under an adapter. */
    public ClassificationInput withAdapter(AdapterReference other) {
        return new ClassificationInput(text, candidates, context, mode, threshold, onLong, maxLength, other);
    }

    /** Label names by position. */
    public List<String> labels() {
        return candidates.names();
    }

    /** Sizes and choices only: text and labels are a customer's words. */
    @Override
    public String toString() {
        return "ClassificationInput[%d characters, %d labels, %s, threshold %s, %s, maxLength %s]"
                .formatted(text.length(), candidates.size(), mode, threshold, onLong, maxLength);
    }
}
