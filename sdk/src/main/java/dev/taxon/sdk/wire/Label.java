package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One label: in JSON an object, or a bare string when it is only a name.
 *
 * @param name what the label is called in requests and results
 * @param description words that say what the label means
 * @param threshold the least score at which this label counts as predicted; goes before the input's threshold
 */
@JsonSerialize(using = LabelWriter.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Label(
        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        String name,

        @Nullable String description,
        @Nullable Double threshold) {

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public Label {
        Objects.requireNonNull(name, "name");
    }

    /** A label that is only a name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Label of(String name) {
        return new Label(name, null, null);
    }

    /** Whether the bare name says everything there is to say. */
    boolean bare() {
        return description == null && threshold == null;
    }

    Label withName(String other) {
        return new Label(other, description, threshold);
    }
}
