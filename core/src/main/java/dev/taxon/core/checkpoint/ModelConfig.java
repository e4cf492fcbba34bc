package dev.taxon.core.checkpoint;

/**
 * What a checkpoint's config.json says, validated: every combination that can be represented can be run.
 *
 * @param name the model's name in answers, by default the folder's
 * @param encoder the backbone and its shape
 * @param layout how labels and text meet, and what is made of the encoder's states
 */
public record ModelConfig(String name, EncoderConfig encoder, Layout layout) {

    /** The same under another name. */
    public ModelConfig named(String other) {
        return new ModelConfig(other, encoder, layout);
    }
}
