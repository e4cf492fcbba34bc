package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Objects;

/**
 * A worked example shown to the model beside the text.
 *
 * @param text the example's text
 * @param labels the labels that hold for it
 */
public record Example(
        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        String text,

        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        List<String> labels) {

    public Example {
        Objects.requireNonNull(text, "text");
        labels = List.copyOf(labels);
    }
}
