package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one input.
 *
 * @param id the input's id
 * @param predictions the labels that hold, highest score first; empty where none reaches its threshold
 * @param scores scores by flattened label, all of them or the top k; empty where the row failed
 * @param tree the scores in the shape of the labels, when asked for
 * @param truncated whether the text was cut to fit
 * @param tokens the tokens of the sequence as scored
 * @param adapter the adapter as resolved, {@code support@3}
 * @param error why this row alone failed; absent where it did not
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClassifyResult(
        @Nullable String id,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<Prediction> predictions,

        @JsonSetter(nulls = Nulls.AS_EMPTY) @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Map<String, Double> scores,

        @Nullable ScoreTree tree,
        boolean truncated,
        int tokens,
        @Nullable String adapter,
        @Nullable Problem error) {

    public ClassifyResult {
        predictions = List.copyOf(predictions);
        scores = Ordered.copyOf(scores);
    }

    /** A row that was not scored. */
    public static ClassifyResult failed(@Nullable String id, @Nullable String adapter, Problem error) {
        return new ClassifyResult(id, List.of(), Map.of(), null, false, 0, adapter, error);
    }
}
