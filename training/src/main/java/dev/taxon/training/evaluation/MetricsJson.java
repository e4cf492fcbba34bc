package dev.taxon.training.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.core.Mode;
import java.util.Map;

/**
 * Metrics as the command {@code evaluate --json} writes them. {@code per_label} maps a label to its precision, recall, f1
 * and support; {@code confusion} maps a true label to answered labels to counts (single-label) or a label to {@code [[true
 * negatives, false positives], [false negatives, true positives]]} (multi-label).
 */
public final class MetricsJson {
    private MetricsJson() {}

    public static ObjectNode of(Metrics metrics) {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("rows", metrics.rows())
                .put("mode", metrics.mode().word())
                .put("accuracy", metrics.accuracy())
                .put("micro_f1", metrics.microF1())
                .put("macro_f1", metrics.macroF1())
                .put("weighted_f1", metrics.weightedF1());
        ObjectNode perLabel = root.putObject("per_label");
        metrics.perLabel().forEach((label, counts) -> addLabel(perLabel.putObject(label), counts));
        ObjectNode confusion = root.putObject("confusion");
        if (metrics.mode() == Mode.SINGLE_LABEL) {
            metrics.confusion().forEach((truth, answers) -> addAnswers(confusion.putObject(truth), answers));
        } else {
            metrics.perLabel().forEach((label, counts) -> addTwoByTwo(confusion, label, counts));
        }
        return root;
    }

    private static void addLabel(ObjectNode label, LabelCounts counts) {
        label.put("precision", counts.precision())
                .put("recall", counts.recall())
                .put("f1", counts.f1())
                .put("support", counts.support());
    }

    private static void addAnswers(ObjectNode row, Map<String, Long> answers) {
        answers.forEach(row::put);
    }

    private static void addTwoByTwo(ObjectNode confusion, String label, LabelCounts counts) {
        var matrix = confusion.putArray(label);
        matrix.addArray().add(counts.trueNegatives()).add(counts.falsePositives());
        matrix.addArray().add(counts.falseNegatives()).add(counts.truePositives());
    }
}
