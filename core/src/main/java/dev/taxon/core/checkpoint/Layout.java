package dev.taxon.core.checkpoint;

/** How labels and text meet, and what is made of the encoder's states. */
public sealed interface Layout {

    /**
     * The reference's: one sequence of labels and text from the first layer on.
     *
     * @param textPooling {@code pooling_strategy}
     * @param classPooling {@code class_token_pooling}
     * @param embedClassToken whether a label's feature begins with its class token, or with the token after it
     * @param scorer {@code scorer_type}
     * @param normalizeFeatures whether features are made unit vectors and logits scaled
     * @param promptFirst whether the labels stand before the text
     * @param classToken id of the marker before each label ({@code <<LABEL>>})
     * @param textToken id of the marker before the text ({@code <<SEP>>})
     */
    record Joint(
            TextPooling textPooling,
            ClassPooling classPooling,
            boolean embedClassToken,
            ScorerKind scorer,
            boolean normalizeFeatures,
            boolean promptFirst,
            int classToken,
            int textToken)
            implements Layout {}

    /**
     * Late mixing: text and labels are encoded apart, and read together in the last layers, a label by its mark alone.
     *
     * @param mixingLayers how many of the last layers read them together, at least one
     */
    record LateMixing(int mixingLayers) implements Layout {}
}
