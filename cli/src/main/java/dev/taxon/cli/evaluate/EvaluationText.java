package dev.taxon.cli.evaluate;

import dev.taxon.training.calibration.CalibrationError;
import dev.taxon.training.calibration.Temperature;
import dev.taxon.training.report.ModelEvaluation.Evaluated;
import dev.taxon.training.statistics.Estimate;
import java.util.Locale;

/** An evaluation for people: its metrics, then calibration. */
final class EvaluationText {
    private EvaluationText() {}

    static String of(Evaluated measured) {
        CalibrationError error = measured.report().calibrationError();
        Temperature temperature = measured.report().calibration().temperature();
        StringBuilder text = new StringBuilder(MetricsTable.of(measured.report().metrics()));
        text.append('\n').append(line("calibration error as it answers now", error.error()));
        if (temperature.reason().isPresent()) {
            text.append("temperature not fitted: ")
                    .append(temperature.reason().get())
                    .append('\n');
        } else {
            text.append(line(
                    String.format(Locale.ROOT, "at temperature %.3f, cross-fitted", temperature.value()),
                    error.errorAfter()));
        }
        if (measured.notFinite() > 0) {
            text.append(measured.notFinite())
                    .append(" rows gave values that are not finite and count as wrong; try --precision fp32\n");
        }
        return text.toString();
    }

    private static String line(String name, Estimate estimate) {
        return String.format(
                Locale.ROOT,
                "%-37s  %.4f (95%%: %.4f to %.4f)%n",
                name,
                estimate.value(),
                estimate.low(),
                estimate.high());
    }
}
