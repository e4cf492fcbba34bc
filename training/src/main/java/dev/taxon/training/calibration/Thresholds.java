package dev.taxon.training.calibration;

import dev.taxon.core.Mode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The scores, after temperature, from which labels are predicted in multi-label mode.
 *
 * @param shared for labels without one of their own; empty leaves the engine's 0.5
 * @param perLabel by name, for labels with enough rows to tell
 * @param reason why none was fitted; empty where one was, or where single-label needs none
 */
public record Thresholds(OptionalDouble shared, Map<String, Double> perLabel, Optional<String> reason) {
    /** None: the engine's 0.5 for all. */
    public static final Thresholds NONE = new Thresholds(OptionalDouble.empty(), Map.of(), Optional.empty());

    /** True rows that a label needs for a threshold of its own. */
    public static final int FEWEST_FOR_ONE_LABEL = 20;

    private static final double USUAL = 0.5;

    public Thresholds {
        perLabel = Map.copyOf(perLabel);
    }

    /**
     * Thresholds of the highest F1: the shared one of the highest micro F1 over all labels, and one of its own for a label
     * that is true in at least 20 rows.
     */
    public static Thresholds fit(ScoredRows rows, double temperature) {
        if (rows.mode() == Mode.SINGLE_LABEL) {
            return NONE;
        }
        return new ThresholdFit(rows, temperature, AscendingScores.MOST).thresholds();
    }

    /** The threshold that holds for a label. */
    public double of(String label) {
        Double own = perLabel.get(label);
        return own == null ? shared.orElse(USUAL) : own;
    }

    /** Counts only: labels are a customer's words. */
    @Override
    public String toString() {
        return "Thresholds[shared %s, %d labels]".formatted(shared, perLabel.size());
    }
}
