package dev.taxon.cli.classify;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.core.Classification;
import dev.taxon.core.Classification.NotFinite;
import dev.taxon.core.Classification.Scored;
import dev.taxon.core.LabelScore;
import dev.taxon.sdk.wire.ClassifyInput;
import dev.taxon.sdk.wire.ClassifyResult;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Prediction;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.ScoreTree;
import dev.taxon.sdk.wire.WireJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what the engine answers into a line of the contract. */
final class ResultWriter {
    private final JsonMapper mapper = WireJson.newMapper();
    private final boolean withLogits;

    /**
     * A writer.
     *
     * @param withLogits whether lines carry {@code logits}, in the order of the flattened labels
     */
    ResultWriter(boolean withLogits) {
        this.withLogits = withLogits;
    }

    /** One line without its end, which any encoder of UTF-8 takes: lone surrogates are escapes. */
    String line(Row row, Classification answer) {
        ObjectNode line = mapper.valueToTree(result(row, answer));
        if (withLogits && answer instanceof Scored scored) {
            ArrayNode logits = line.putArray("logits");
            scored.logits().forEach(logits::add);
        }
        return WireJson.string(line);
    }

    static ClassifyResult result(Row row, Classification answer) {
        if (answer instanceof Scored scored) {
            return scored(row, scored);
        }
        ClassifyInput asked = row.asked();
        NotFinite failed = (NotFinite) answer;
        Problem problem = Problem.of(
                ErrorCode.ROW_FAILED,
                "The model's forward pass gave values that are not finite; try another precision, such as fp32.");
        return new ClassifyResult(
                asked.id(), List.of(), Map.of(), null, failed.truncated(), failed.tokens(), asked.adapter(), problem);
    }

    private static ClassifyResult scored(Row row, Scored scored) {
        ClassifyInput asked = row.asked();
        List<Prediction> predictions = scored.predictions().stream()
                .map(best -> new Prediction(best.label(), best.score()))
                .toList();
        Map<String, Double> all = new LinkedHashMap<>();
        for (LabelScore score : scored.scores()) {
            all.put(score.label(), score.score());
        }
        return new ClassifyResult(
                asked.id(),
                predictions,
                top(all, asked.topK()),
                tree(row, all),
                scored.truncated(),
                scored.tokens(),
                asked.adapter(),
                null);
    }

    private static Map<String, Double> top(Map<String, Double> scores, @Nullable Integer count) {
        if (count == null || count >= scores.size()) {
            return scores;
        }
        Map<String, Double> best = new LinkedHashMap<>();
        scores.entrySet().stream().limit(count).forEach(entry -> best.put(entry.getKey(), entry.getValue()));
        return best;
    }

    private static @Nullable ScoreTree tree(Row row, Map<String, Double> scores) {
        return Boolean.TRUE.equals(row.asked().hierarchical()) ? ScoreTree.of(row.labels(), scores) : null;
    }
}
