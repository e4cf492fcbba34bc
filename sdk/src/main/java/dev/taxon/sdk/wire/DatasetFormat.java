package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;

/** What a file of labelled rows is written in. */
public enum DatasetFormat {
    /** An object a line: {@code {"text", "label"}} or {@code {"text", "all_labels", "true_labels"}}. */
    @JsonProperty("jsonl")
    JSONL("application/jsonl"),

    /** The first row names the columns. */
    @JsonProperty("csv")
    CSV("text/csv"),

    @JsonProperty("parquet")
    PARQUET("application/vnd.apache.parquet");

    private final String mediaType;

    DatasetFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The format of a media type without parameters; empty where it is none of them. */
    public static Optional<DatasetFormat> ofMediaType(String mediaType) {
        return Arrays.stream(values())
                .filter(format -> format.mediaType.equalsIgnoreCase(mediaType))
                .findFirst();
    }

    /** The {@code Content-Type} that uploads have. */
    public String mediaType() {
        return mediaType;
    }
}
