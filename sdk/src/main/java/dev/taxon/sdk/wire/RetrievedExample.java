package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;

/**
 * An example in the older, retrieval-augmented form, which also says what does not hold.
 *
 * @param text the example's text
 * @param trueLabels the labels that hold for it
 * @param falseLabels the labels that do not
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RetrievedExample(
        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        String text,

        @JsonProperty(value = "true_labels", required = true) @JsonSetter(nulls = Nulls.FAIL)
        List<String> trueLabels,

        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> falseLabels) {

    public RetrievedExample {
        Objects.requireNonNull(text, "text");
        trueLabels = List.copyOf(trueLabels);
        falseLabels = List.copyOf(falseLabels);
    }
}
