package dev.taxon.serving.classify;

import dev.taxon.core.Classification;
import dev.taxon.core.LabelScore;
import dev.taxon.sdk.wire.ClassifyResult;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Prediction;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.ScoreTree;
import dev.taxon.serving.deployment.AdmittedAdapter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns what became of a task into the result on the wire. */
final class ResultWriter {
    private ResultWriter() {}

    static ClassifyResult write(Task task, Classification classification) {
        if (classification instanceof Classification.Scored scored) {
            return write(task, scored);
        }
        Problem problem = Problem.of(
                ErrorCode.ROW_FAILED, "The model gave no finite scores for this text. The other results stand.");
        return new ClassifyResult(
                task.id(),
                List.of(),
                Map.of(),
                null,
                classification.truncated(),
                classification.tokens(),
                adapter(task),
                problem.withAt(task.textPlace().path()));
    }

    private static ClassifyResult write(Task task, Classification.Scored scored) {
        return new ClassifyResult(
                task.id(),
                predictions(scored),
                scores(task.options().topK(), scored),
                tree(task, scored),
                scored.truncated(),
                scored.tokens(),
                adapter(task),
                null);
    }

    private static @Nullable String adapter(Task task) {
        return task.adapter().map(AdmittedAdapter::name).orElse(null);
    }

    private static List<Prediction> predictions(Classification.Scored scored) {
        return scored.predictions().stream()
                .map(label -> new Prediction(label.label(), label.score()))
                .toList();
    }

    private static @Nullable ScoreTree tree(Task task, Classification.Scored scored) {
        return task.options()
                .tree()
                .map(labels -> ScoreTree.of(labels, scores(null, scored)))
                .orElse(null);
    }

    private static Map<String, Double> scores(@Nullable Integer topK, Classification.Scored scored) {
        Stream<LabelScore> kept = scored.scores().stream().limit(topK == null ? Long.MAX_VALUE : topK);
        Map<String, Double> scores = new LinkedHashMap<>();
        kept.forEach(label -> scores.put(label.label(), label.score()));
        return scores;
    }
}
