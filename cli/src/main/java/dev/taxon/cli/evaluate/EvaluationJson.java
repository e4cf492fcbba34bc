package dev.taxon.cli.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.training.evaluation.MetricsJson;
import dev.taxon.training.report.CalibrationJson;
import dev.taxon.training.report.ModelEvaluation.Evaluated;

/** What {@code evaluate --json} writes: the contract's fields, then what is known of calibration. */
final class EvaluationJson {
    private EvaluationJson() {}

    static ObjectNode of(Evaluated measured) {
        ObjectNode json = MetricsJson.of(measured.report().metrics());
        json.put("rows_without_scores", measured.notFinite());
        json.set(
                "calibration",
                CalibrationJson.of(
                        measured.report().calibration(), measured.report().calibrationError()));
        return json;
    }
}
