package dev.taxon.core.checkpoint;

/** {@code pooling_strategy}: how the text's feature is read from the hidden states. */
public enum TextPooling {
    FIRST,
    AVG
}
