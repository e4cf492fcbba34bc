package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A labelled text of a dataset.
 *
 * @param id what it is erased by; equal rows of a dataset are one and have one id, in whichever versions they are
 * @param text the text
 * @param trueLabels the labels that are right, possibly none
 * @param allLabels the labels that it could have; absent where the file named none, hence all of the file
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetRow(
        String id,
        String text,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> trueLabels,
        @Nullable List<String> allLabels) {

    public DatasetRow {
        trueLabels = List.copyOf(trueLabels);
        allLabels = allLabels == null ? null : List.copyOf(allLabels);
    }
}
