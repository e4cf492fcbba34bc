package dev.taxon.core.checkpoint;

/**
 * What a checkpoint's config.json says, validated: every combination that can be represented can be run.
 *
 * @param name the model's name in answers, by default the folder's
 * @param classToken id of the marker before each label ({@code <<LABEL>>}); {@link #NO_TOKEN} in late mixing, whose
 *     mark is an embedding of its own
 * @param textToken id of the marker before the text ({@code <<SEP>>}); {@link #NO_TOKEN} in late mixing
 */
public record ModelConfig(
        String name,
        EncoderConfig encoder,
        Layout layout,
        TextPooling textPooling,
        ClassPooling classPooling,
        boolean embedClassToken,
        ScorerKind scorer,
        boolean normalizeFeatures,
        int classToken,
        int textToken,
        boolean promptFirst) {

    /** The id that stands for none. */
    public static final int NO_TOKEN = -1;

    /** How labels and text meet. */
    public sealed interface Layout {
        /** The reference's: one sequence of labels and text from the first layer on. */
        record Joint() implements Layout {}

        /**
         * Late mixing: text and labels are encoded apart, and read together in the last layers, a label by its mark
         * alone.
         *
         * @param mixingLayers how many of the last layers read them together, at least one
         */
        record LateMixing(int mixingLayers) implements Layout {}
    }

    /** {@code pooling_strategy}: how the text's feature is read from the hidden states. */
    public enum TextPooling {
        FIRST,
        AVG
    }

    /** {@code class_token_pooling}: how a label's feature is read from the hidden states. */
    public enum ClassPooling {
        FIRST,
        AVERAGE
    }

    /** {@code scorer_type}. */
    public enum ScorerKind {
        SIMPLE,
        MLP
    }
}
