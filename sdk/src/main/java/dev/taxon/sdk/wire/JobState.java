package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a job is. */
public enum JobState {
    /** Waits for a worker. */
    @JsonProperty("queued")
    QUEUED,

    /** What it needs is fetched and checked. */
    @JsonProperty("validating")
    VALIDATING,

    /** Does what it is for. */
    @JsonProperty("running")
    RUNNING,

    /** Judges and publishes what was learned. */
    @JsonProperty("evaluating")
    EVALUATING,

    /** Done: its result is there. */
    @JsonProperty("succeeded")
    SUCCEEDED,

    /** Cannot be done: its problem says why. */
    @JsonProperty("failed")
    FAILED,

    /** Was no longer wanted. */
    @JsonProperty("cancelled")
    CANCELLED;

    /** Whether nothing happens to a job in this state any more. */
    public boolean ended() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
