package dev.taxon.training.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.training.evaluation.MetricsIntervals;
import dev.taxon.training.evaluation.MetricsJson;
import dev.taxon.training.statistics.Estimate;
import java.util.List;

/** A report as JSON: the fields of {@code evaluate --json}, and what the report adds to them. */
public final class ReportJson {
    private ReportJson() {}

    public static ObjectNode of(TrainingReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("holds_texts", report.holdsTexts());
        if (report.holdsTexts()) {
            json.put("notice", TrainingReport.NOTICE);
        }
        json.set("scores", source(report.source()));
        json.setAll(MetricsJson.of(report.metrics()));
        json.set("intervals", intervals(report.intervals()));
        json.set("calibration", CalibrationJson.of(report.calibration(), report.calibrationError()));
        report.withoutAdapter()
                .ifPresent(comparison -> json.set("against_without_adapter", ComparisonJson.of(comparison)));
        ArrayNode mistakes = json.putArray("mistakes");
        report.mistakes().forEach(mistake -> add(mistakes.addObject(), mistake));
        return json;
    }

    private static ObjectNode source(ScoreSource source) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("kind", source.kind()).put("rows", source.rows());
        if (source instanceof ScoreSource.CrossFitted crossFitted) {
            json.put("folds", crossFitted.folds());
        }
        return json;
    }

    private static ObjectNode intervals(MetricsIntervals intervals) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Estimate macro = intervals.macroF1();
        json.set("accuracy", CalibrationJson.estimate(intervals.accuracy()));
        json.set("micro_f1", CalibrationJson.estimate(intervals.microF1()));
        json.set("macro_f1", macro == null ? json.nullNode() : CalibrationJson.estimate(macro));
        json.set("weighted_f1", CalibrationJson.estimate(intervals.weightedF1()));
        return json;
    }

    private static void add(ObjectNode json, Mistake mistake) {
        json.put("row", mistake.row());
        mistake.text().ifPresent(text -> json.put("text", text));
        list(json.putArray("true_labels"), mistake.trueLabels());
        list(json.putArray("answered"), mistake.answered());
        json.put("label", mistake.label()).put("missed", mistake.missed()).put("confidence", mistake.confidence());
    }

    private static void list(ArrayNode array, List<String> labels) {
        labels.forEach(array::add);
    }
}
