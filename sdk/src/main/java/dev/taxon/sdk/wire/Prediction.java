package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Objects;

/**
 * A label that holds.
 *
 * @param label the label's name, flattened with dots
 * @param score a probability, 0 to 1
 */
public record Prediction(
        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        String label,

        @JsonProperty(required = true) double score) {

    public Prediction {
        Objects.requireNonNull(label, "label");
    }
}
