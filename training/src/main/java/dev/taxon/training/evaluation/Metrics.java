package dev.taxon.training.evaluation;

import dev.taxon.core.Mode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How good predictions are, every figure in [0, 1].
 *
 * @param accuracy share of rows for which exactly the true labels were predicted
 * @param microF1 F1 over all decisions alike
 * @param macroF1 mean F1 over all labels, also those that no row has; null where rows offer different labels
 * @param weightedF1 mean F1 over labels, each weighted by its rows
 * @param perLabel every label any row offered, in the order of their first appearance
 * @param confusion single-label: how often each true label (outer) was answered with each label (inner), zeros included
 *     where all rows offer the same labels; rows without an answer are in no cell. Empty for multi-label, where
 *     {@code perLabel} holds the 2x2 of each label
 */
public record Metrics(
        long rows,
        Mode mode,
        double accuracy,
        double microF1,
        @Nullable Double macroF1,
        double weightedF1,
        Map<String, LabelCounts> perLabel,
        Map<String, Map<String, Long>> confusion) {
    public Metrics {
        perLabel = Collections.unmodifiableMap(new LinkedHashMap<>(perLabel));
        confusion = Collections.unmodifiableMap(new LinkedHashMap<>(confusion));
    }

    /** Metrics of rows that are all at hand. */
    public static Metrics of(Mode mode, Iterable<Judged> rows) {
        MetricsTally tally = new MetricsTally(mode);
        rows.forEach(tally::add);
        return tally.metrics();
    }
}
