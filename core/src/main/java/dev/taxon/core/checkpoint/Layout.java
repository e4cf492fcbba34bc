package dev.taxon.core.checkpoint;

/** How labels and text meet, and what is made of the encoder's states. */
public sealed interface Layout {

    /**
     * The reference's: one sequence of labels and text from the first layer on.
     *
     * @param text how the text's feature is read
     * @param labels how a label's feature is read
     * @param scorer how the two are held against each other
     * @param normalizeFeatures whether features are made unit vectors and logits scaled
     * @param activation what stands between the two layers of a projector
     * @param projectorSize size between the two layers of a projector
     * @param depth after how many layers states are read; all of them, unless {@code encoder_layer_id} says otherwise
     * @param segments whether words carry an embedding of what they belong to: labels, text, or a row with examples
     * @param promptFirst whether the labels stand before the text
     * @param markers ids that no text yields
     */
    record Joint(
            TextFeature text,
            LabelFeature labels,
            Scorer scorer,
            boolean normalizeFeatures,
            Activation activation,
            int projectorSize,
            int depth,
            boolean segments,
            boolean promptFirst,
            MarkerIds markers)
            implements Layout {}

    /**
     * Late mixing: text and labels are encoded apart, and read together in the last layers, a label by its mark alone.
     *
     * @param mixingLayers how many of the last layers read them together, at least one
     */
    record LateMixing(int mixingLayers) implements Layout {}

    /**
     * How the text's feature is read.
     *
     * @param fromTextToken whether the text begins at its marker, zeros standing for the rest of the row ({@code
     *     extract_text_features}), or is the whole row
     * @param recurs whether an LSTM reads it first
     */
    record TextFeature(TextPooling pooling, boolean fromTextToken, boolean recurs) {}

    /**
     * How a label's feature is read.
     *
     * @param fromMarker whether a label begins with its marker, or with the token after it
     */
    record LabelFeature(ClassPooling pooling, boolean fromMarker) {}

    /**
     * How a label is held against the text.
     *
     * @param heads attention heads of the scorer that attends; a divisor of the features' size
     * @param hiddenSize size of that scorer's perceptron
     */
    record Scorer(ScorerKind kind, int heads, int hiddenSize) {}

    /**
     * Ids of the markers.
     *
     * @param label before each label ({@code <<LABEL>>})
     * @param text before the text ({@code <<SEP>>})
     * @param example before each in-context example ({@code <<EXAMPLE>>}); -1 where the vocabulary has none
     */
    record MarkerIds(int label, int text, int example) {}
}
