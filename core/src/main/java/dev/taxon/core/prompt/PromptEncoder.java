package dev.taxon.core.prompt;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.InputException;
import dev.taxon.core.checkpoint.Layout;
import dev.taxon.core.checkpoint.ModelConfig;

/**
 * Turns an input into the token ids that a model of one layout reads. Markers are inserted as ids, never as text, so that
 * no string of a user can forge one. Text is cut at its end where it does not fit; labels never are.
 *
 * <p>Thread-safe. Does not own its tokenizer.
 */
public sealed interface PromptEncoder permits JointPrompt, LateMixingPrompt {
    /**
     * What {@code max_length} is unless the request gives it, bounded by the backbone's positions: of the whole row in
     * the joint layout, of the text's own sequence in late mixing, whose labels take no room from the text.
     */
    int DEFAULT_MAXIMUM_LENGTH = 1024;

    /** Labels whose ids are kept. */
    int LABELS_KEPT = 100_000;

    /**
     * Encodes an input.
     *
     * @throws InputException for a blank text, no labels, a blank label, a limit or threshold out of range; for a label
     *     of more than 4,096 characters, and where labels and context leave no room for the text; and, with {@code OnLong.ERROR}, where the
     *     text does not; for examples where the layout reads none
     */
    EncodedInput encode(ClassificationInput input);

    /**
     * The encoder for a model's layout.
     *
     * @throws dev.taxon.core.checkpoint.CheckpointException where the tokenizer is of another model, or the markers that
     *     the configuration names are none that texts cannot spell
     */
    static PromptEncoder of(ModelConfig config, Tokenizer tokenizer) {
        SpecialTokens specials = SpecialTokens.of(config, tokenizer);
        if (config.layout() instanceof Layout.Joint layout) {
            Markers.check(layout, specials, tokenizer);
            LabelTokens labels = new LabelTokens(tokenizer::encodeInner, LABELS_KEPT);
            return new JointPrompt(config.encoder(), layout, tokenizer, labels, specials);
        }
        LabelTokens labels = new LabelTokens(tokenizer::encode, LABELS_KEPT);
        return new LateMixingPrompt(config, tokenizer, labels, specials);
    }
}
