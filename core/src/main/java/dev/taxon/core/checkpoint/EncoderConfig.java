package dev.taxon.core.checkpoint;

import java.util.Map;

/** A backbone and its shape, as {@code encoder_config} of a checkpoint's config.json gives it. */
public sealed interface EncoderConfig permits BertConfig, DebertaConfig, ModernBertConfig {

    /** As many positions as any limit allows: of backbones whose distances know no end. */
    int UNLIMITED_POSITIONS = 1 << 20;

    /** Rows of the word embeddings, added markers included. */
    int vocabularySize();

    int hiddenSize();

    /** Size of the word vectors. */
    default int wordSize() {
        return hiddenSize();
    }

    int layers();

    /** Attention heads; a divisor of the hidden size. */
    int heads();

    int intermediateSize();

    /** The most tokens of a sequence: as many as there are absolute positions, else {@link #UNLIMITED_POSITIONS}. */
    int positions();

    double layerNormEpsilon();

    int padTokenId();

    /** What the backbone's program needs to know beyond what all have in common, by name: whole numbers. */
    default Map<String, Integer> integers() {
        return Map.of();
    }

    /** The same: numbers that need not be whole. */
    default Map<String, Double> numbers() {
        return Map.of();
    }
}
