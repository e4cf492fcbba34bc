package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a dataset's version is. */
public enum DatasetState {
    /** The file is there whole and waits to be read. */
    @JsonProperty("stored")
    STORED,

    /** It is being read. */
    @JsonProperty("importing")
    IMPORTING,

    /** Its rows can be used; for good. */
    @JsonProperty("ready")
    READY,

    /** It cannot be used, and its problem says why; for good. */
    @JsonProperty("refused")
    REFUSED
}
