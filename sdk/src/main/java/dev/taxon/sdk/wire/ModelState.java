package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What may be expected of a base model. */
public enum ModelState {
    /** New adapters are trained on it. */
    @JsonProperty("current")
    CURRENT,

    /** It still answers; train adapters again on the current one. */
    @JsonProperty("deprecated")
    DEPRECATED,

    /** It no longer answers. */
    @JsonProperty("retired")
    RETIRED
}
