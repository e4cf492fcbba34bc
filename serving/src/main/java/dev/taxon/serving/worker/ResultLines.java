package dev.taxon.serving.worker;

import dev.taxon.core.Classification;
import dev.taxon.core.LabelScore;
import dev.taxon.sdk.wire.ClassifyResult;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Prediction;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.WireJson;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results of many rows, one a line, each with its row's number from 1 as its id. */
final class ResultLines {
    private ResultLines() {}

    /**
     * The lines.
     *
     * @param before rows of earlier lines
     * @param adapter whose answers they are
     */
    static byte[] of(List<Classification> rows, long before, @Nullable String adapter) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < rows.size(); i++) {
            String id = Long.toString(before + i + 1);
            lines.writeBytes(WireJson.bytes(result(id, rows.get(i), adapter)));
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    private static ClassifyResult result(String id, Classification row, @Nullable String adapter) {
        if (row instanceof Classification.Scored scored) {
            return new ClassifyResult(
                    id, predictions(scored), scores(scored), null, row.truncated(), row.tokens(), adapter, null);
        }
        Problem problem = Problem.of(
                ErrorCode.ROW_FAILED, "The model gave no finite scores for this text. The other results stand.");
        return new ClassifyResult(
                id, List.of(), Map.of(), null, row.truncated(), row.tokens(), adapter, problem.withAt("row " + id));
    }

    private static List<Prediction> predictions(Classification.Scored scored) {
        return scored.predictions().stream()
                .map(label -> new Prediction(label.label(), label.score()))
                .toList();
    }

    private static Map<String, Double> scores(Classification.Scored scored) {
        Map<String, Double> scores = new LinkedHashMap<>();
        for (LabelScore label : scored.scores()) {
            scores.put(label.label(), label.score());
        }
        return scores;
    }
}
