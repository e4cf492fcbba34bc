package dev.taxon.core.adapter;

import dev.taxon.core.CandidateLabel;
import dev.taxon.core.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an adapter knows beside its weights, which holds wherever a request does not say otherwise.
 *
 * @param labels the labels that it was trained for, in order; empty where it does not say
 * @param mode whether these exclude each other
 * @param temperature what logits are divided by before softmax or sigmoid, above 0; 1 where it was not calibrated
 * @param threshold the calibrated score from which any label is predicted in multi-label mode
 * @param thresholds the same for single labels by name, which go before
 */
public record AdapterSettings(
        List<CandidateLabel> labels,
        Optional<Mode> mode,
        double temperature,
        OptionalDouble threshold,
        Map<String, Double> thresholds) {

    /** An adapter that says nothing. */
    public static final AdapterSettings NONE =
            new AdapterSettings(List.of(), Optional.empty(), 1, OptionalDouble.empty(), Map.of());

    public AdapterSettings {
        labels = List.copyOf(labels);
        thresholds = Map.copyOf(thresholds);
    }

    /** The calibrated threshold of a label, if there is one. */
    public OptionalDouble thresholdOf(String label) {
        Double own = thresholds.get(label);
        return own == null ? threshold : OptionalDouble.of(own);
    }

    /** Counts only: labels are a customer's words. */
    @Override
    public String toString() {
        return "AdapterSettings[%d labels, %s, temperature %s, %d thresholds]"
                .formatted(labels.size(), mode, temperature, thresholds.size());
    }
}
