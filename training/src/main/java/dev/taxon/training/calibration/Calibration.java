package dev.taxon.training.calibration;

import dev.taxon.core.Mode;
import dev.taxon.core.adapter.AdapterSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What makes predictions out of logits, in the engine's own terms: logits are divided by the temperature, then softmax or
 * sigmoid, then the best label for single-label, every label at or above its threshold for multi-label.
 */
public record Calibration(Mode mode, Temperature temperature, Thresholds thresholds) {

    /** How an engine answers without any: temperature 1, and 0.5 for all. */
    public static Calibration none(Mode mode) {
        return new Calibration(mode, Temperature.ONE, Thresholds.NONE);
    }

    /** Fits the temperature, then with it the thresholds, to rows that the model did not learn from. */
    public static Calibration fit(ScoredRows rows) {
        Temperature temperature = Temperature.fit(rows);
        return new Calibration(rows.mode(), temperature, Thresholds.fit(rows, temperature.value()));
    }

    /**
     * The same for a model that went on from another: in single-label mode, which has no thresholds that belong to it, a
     * temperature that the rows do not tell stays as it was.
     *
     * @param before of the other one
     */
    public static Calibration fit(ScoredRows rows, Calibration before) {
        Calibration fitted = fit(rows);
        boolean known = fitted.temperature().reason().isEmpty();
        if (known || rows.mode() != Mode.SINGLE_LABEL || before.mode() != Mode.SINGLE_LABEL) {
            return fitted;
        }
        Temperature kept = new Temperature(
                before.temperature().value(), fitted.temperature().reason());
        return new Calibration(rows.mode(), kept, Thresholds.NONE);
    }

    /** How an engine answers under an adapter. */
    public static Calibration of(Mode mode, AdapterSettings settings) {
        return new Calibration(
                mode,
                new Temperature(settings.temperature(), Optional.empty()),
                new Thresholds(settings.threshold(), settings.thresholds(), Optional.empty()));
    }

    /** An adapter's settings with these in place of its own temperature and thresholds. */
    public AdapterSettings applied(AdapterSettings settings) {
        return new AdapterSettings(
                settings.labels(), Optional.of(mode), temperature.value(), thresholds.shared(), thresholds.perLabel());
    }

    /** [labels], in [0, 1]. */
    public double[] scores(ScoredRow row) {
        return row.scores(mode, temperature.value());
    }

    /** The labels that answer. */
    public List<String> predictions(ScoredRow row) {
        if (mode == Mode.SINGLE_LABEL) {
            return List.of(row.labels().get(row.best()));
        }
        double[] scores = scores(row);
        return IntStream.range(0, row.size())
                .filter(label -> scores[label] >= thresholds.of(row.labels().get(label)))
                .mapToObj(row.labels()::get)
                .toList();
    }
}
