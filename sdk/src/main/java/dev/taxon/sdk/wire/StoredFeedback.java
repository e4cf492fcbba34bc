package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Feedback as it was stored.
 *
 * @param requestId the request's id
 * @param index the result's place in the answer
 * @param verdict whether the result is right; null for a word that this client does not know
 * @param labels the labels that are right; empty when the result was rejected
 * @param predicted the labels that were answered
 * @param adapter the version that answered, {@code support@3}; absent where none did, or where it is not known
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredFeedback(
        String requestId,
        int index,
        @Nullable Verdict verdict,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> labels,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> predicted,
        @Nullable String adapter) {

    public StoredFeedback {
        labels = List.copyOf(labels);
        predicted = List.copyOf(predicted);
    }
}
