package dev.taxon.core.checkpoint;

/** {@code class_token_pooling}: how a label's feature is read from the hidden states. */
public enum ClassPooling {
    FIRST,
    AVERAGE
}
