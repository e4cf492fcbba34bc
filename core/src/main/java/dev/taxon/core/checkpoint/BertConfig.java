package dev.taxon.core.checkpoint;

/**
 * The shape of a BERT encoder.
 *
 * @param positions absolute positions there are, hence the most tokens of a sequence
 */
public record BertConfig(
        int vocabularySize,
        int hiddenSize,
        int layers,
        int heads,
        int intermediateSize,
        int positions,
        int tokenTypes,
        double layerNormEpsilon,
        int padTokenId)
        implements EncoderConfig {}
