package dev.taxon.core.checkpoint;

/** {@code class_token_pooling}: how a label's feature is read from the hidden states. */
public enum ClassPooling {
    FIRST("first"),
    AVERAGE("average");

    private final String key;

    ClassPooling(String key) {
        this.key = key;
    }

    /** The name in config.json. */
    public String key() {
        return key;
    }
}
