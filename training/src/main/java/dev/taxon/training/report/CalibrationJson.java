package dev.taxon.training.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.training.calibration.Calibration;
import dev.taxon.training.calibration.CalibrationError;
import dev.taxon.training.calibration.ReliabilityCurve;
import dev.taxon.training.calibration.Temperature;
import dev.taxon.training.calibration.Thresholds;
import dev.taxon.training.statistics.Estimate;
import java.util.TreeMap;

/** Calibration as JSON. Estimates are {@code {"value", "low", "high"}}. */
public final class CalibrationJson {
    private CalibrationJson() {}

    /** What was fitted, and the expected calibration error before it and after it. */
    public static ObjectNode of(Calibration fitted, CalibrationError error) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Temperature temperature = fitted.temperature();
        json.put("temperature", temperature.value());
        temperature.reason().ifPresent(reason -> json.put("temperature_not_fitted", reason));
        Thresholds thresholds = fitted.thresholds();
        thresholds.shared().ifPresent(shared -> json.put("threshold", shared));
        if (!thresholds.perLabel().isEmpty()) {
            ObjectNode own = json.putObject("thresholds");
            new TreeMap<>(thresholds.perLabel()).forEach(own::put);
        }
        thresholds.reason().ifPresent(reason -> json.put("thresholds_not_fitted", reason));
        json.set("error_before", estimate(error.error()));
        json.set("error_after", estimate(error.errorAfter()));
        json.set("reduction", estimate(error.reduction()));
        json.put("cross_fitted_folds", error.folds());
        curve(json.putArray("reliability_before"), error.before());
        curve(json.putArray("reliability_after"), error.after());
        return json;
    }

    static ObjectNode estimate(Estimate estimate) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("value", estimate.value())
                .put("low", estimate.low())
                .put("high", estimate.high());
    }

    private static void curve(ArrayNode bins, ReliabilityCurve curve) {
        curve.bins().stream()
                .filter(bin -> bin.count() > 0)
                .forEach(bin -> bins.addObject()
                        .put("lower", bin.lower())
                        .put("upper", bin.upper())
                        .put("count", bin.count())
                        .put("confidence", bin.confidence())
                        .put("right", bin.right()));
    }
}
