package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Objects;

/**
 * The body of {@code POST /v1/datasets}.
 *
 * @param name 1 to 63 letters, digits, dots, hyphens and underscores, the first a letter or digit
 */
public record NewDataset(
        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        String name) {

    public NewDataset {
        Objects.requireNonNull(name, "name");
    }
}
