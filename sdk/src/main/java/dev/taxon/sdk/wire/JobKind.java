package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a job does. */
public enum JobKind {
    /** Reads an uploaded file into a dataset version; comes with the upload and cannot be asked for. */
    @JsonProperty("import")
    IMPORT,

    /** Trains an adapter from examples. */
    @JsonProperty("lora")
    LORA,

    /** Trains an adapter from rewards. */
    @JsonProperty("ppo")
    PPO,

    /** Judges an adapter, or the model as it is, on a dataset version. */
    @JsonProperty("evaluate")
    EVALUATE,

    /** Classifies every row of a dataset version, or the texts of the request. */
    @JsonProperty("classify")
    CLASSIFY
}
