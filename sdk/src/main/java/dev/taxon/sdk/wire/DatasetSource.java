package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the rows of a dataset's version came from. */
public enum DatasetSource {
    @JsonProperty("upload")
    UPLOAD,

    @JsonProperty("feedback")
    FEEDBACK
}
