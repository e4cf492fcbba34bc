package dev.taxon.core;

import java.util.List;

/** What became of one input. */
public sealed interface Classification {

    /** Tokens of the row as the model read it: text, labels and marks. */
    int tokens();

    /** True when the text was cut at its end to fit. */
    boolean truncated();

    /**
     * Scores for every label.
     *
     * @param predictions the labels that answer, highest first
     * @param scores every distinct label, highest first
     * @param logits one for each position of the input's labels, before softmax or sigmoid
     */
    record Scored(
            List<LabelScore> predictions, List<LabelScore> scores, List<Float> logits, int tokens, boolean truncated)
            implements Classification {
        public Scored {
            predictions = List.copyOf(predictions);
            scores = List.copyOf(scores);
            logits = List.copyOf(logits);
        }
    }

    /** The forward pass of this row alone gave values that are not finite; its neighbours are unharmed. */
    record NotFinite(int tokens, boolean truncated) implements Classification {}
}
