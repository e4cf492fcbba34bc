package dev.taxon.core.checkpoint;

/** {@code scorer_type}: how a label's feature is held against the text's. */
public enum ScorerKind {
    SIMPLE("simple"),
    WEIGHTED_DOT("weighted-dot"),
    MLP("mlp"),
    HOPFIELD("hopfield"),
    /** Labels attend to all tokens of the text. */
    CROSS_ATTENTION("cross-attn");

    private final String key;

    ScorerKind(String key) {
        this.key = key;
    }

    /** The name in config.json. */
    public String key() {
        return key;
    }
}
