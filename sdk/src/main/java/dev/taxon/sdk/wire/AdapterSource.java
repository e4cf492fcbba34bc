package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who made a version of an adapter. */
public enum AdapterSource {
    /** A job of this platform. */
    @JsonProperty("job")
    JOB,

    /** Somebody else, who sent its folder. */
    @JsonProperty("import")
    IMPORT
}
