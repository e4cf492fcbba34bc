package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a person says of an answer. */
public enum Verdict {
    /** The answer is right. */
    @JsonProperty("accepted")
    ACCEPTED,

    /** The answer is wrong, and nobody says which is right. */
    @JsonProperty("rejected")
    REJECTED,

    /** The answer is wrong, and the right one is given. */
    @JsonProperty("corrected")
    CORRECTED
}
