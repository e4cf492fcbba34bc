package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the labels of one input exclude each other. */
public enum Mode {
    /** Exactly one label holds: scores are a softmax over the labels. */
    @JsonProperty("single-label")
    SINGLE_LABEL,

    /** Each label holds or not by itself: scores are a sigmoid per label. */
    @JsonProperty("multi-label")
    MULTI_LABEL
}
