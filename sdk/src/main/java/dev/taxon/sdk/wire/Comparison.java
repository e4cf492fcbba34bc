package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * Where a shadow agrees with the active version, and where not.
 *
 * @param active the active version
 * @param other the shadow
 * @param texts texts that both classified
 * @param agreed those of which both said the same
 * @param pairs the most frequent pairs of labels first, up to 1,000
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Comparison(int active, int other, long texts, long agreed, List<ComparedLabels> pairs) {

    public Comparison {
        pairs = List.copyOf(pairs);
    }
}
