package dev.taxon.core.checkpoint;

/** {@code scorer_type}: how a label's feature is held against the text's. */
public enum ScorerKind {
    SIMPLE,
    MLP
}
