package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Objects;

/**
 * The body of {@code POST /v1/datasets/{name}/versions} as JSON, where the rows are not uploaded.
 *
 * @param feedback the feedback that becomes its rows: corrected answers with their right labels, accepted ones with theirs
 */
public record NewDatasetVersion(
        @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL)
        FeedbackSelection feedback) {

    public NewDatasetVersion {
        Objects.requireNonNull(feedback, "feedback");
    }
}
