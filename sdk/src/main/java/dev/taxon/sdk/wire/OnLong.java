package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What to do with a text that does not fit {@code max_length} tokens. */
public enum OnLong {
    /** Cut the text at its end, and say so in the result. */
    @JsonProperty("truncate")
    TRUNCATE,

    /** Score overlapping pieces and merge their scores. */
    @JsonProperty("chunk")
    CHUNK,

    /** Refuse the request with {@link ErrorCode#TEXT_TOO_LONG}. */
    @JsonProperty("error")
    ERROR
}
