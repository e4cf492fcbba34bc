package dev.taxon.core.checkpoint;

/**
 * The shape of a BERT encoder, as {@code encoder_config} of a checkpoint's config.json gives it.
 *
 * @param positions absolute positions there are, hence the most tokens of a sequence
 */
public record EncoderConfig(
        int vocabularySize,
        int hiddenSize,
        int layers,
        int heads,
        int intermediateSize,
        int positions,
        int tokenTypes,
        double layerNormEpsilon,
        int padTokenId) {}
