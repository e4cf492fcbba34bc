package dev.taxon.core.checkpoint;

/** {@code pooling_strategy}: how the text's feature is read from the hidden states. */
public enum TextPooling {
    FIRST("first"),
    AVG("avg"),
    MAX("max"),
    LAST("last"),
    SUM("sum"),
    RMS("rms"),
    ABS_MAX("abs_max"),
    ABS_AVG("abs_avg"),
    /** All tokens are kept, for the scorer that reads them all. */
    PASS("pass");

    private final String key;

    TextPooling(String key) {
        this.key = key;
    }

    /** The name in config.json. */
    public String key() {
        return key;
    }
}
