package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a version must be for a promotion to happen. */
public enum Requirement {
    /** Better than the active version, on the same data set version. */
    @JsonProperty("better_than_active")
    BETTER_THAN_ACTIVE
}
