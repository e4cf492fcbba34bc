package dev.taxon.training.evaluation;

import dev.taxon.core.Mode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts row after row; memory grows with distinct labels, not with rows. Not thread-safe. */
final class MetricsTally {
    private final Mode mode;
    private final Map<String, LabelCounts> perLabel = new LinkedHashMap<>();
    private final ConfusionTally confusion = new ConfusionTally();
    private @Nullable Set<String> offered;
    private boolean sameLabels = true;
    private long rows;
    private long exact;

    MetricsTally(Mode mode) {
        this.mode = mode;
    }

    void add(Judged row) {
        rows++;
        exact += row.exact() ? 1 : 0;
        compareLabels(row.allLabels());
        for (String label : row.allLabels()) {
            boolean truth = row.trueLabels().contains(label);
            boolean predicted = row.predicted().contains(label);
            perLabel.merge(label, LabelCounts.NONE.plus(truth, predicted), LabelCounts::plus);
        }
        if (mode == Mode.SINGLE_LABEL) {
            confusion.add(row);
        }
    }

    private void compareLabels(List<String> labels) {
        if (offered == null) {
            offered = new HashSet<>(labels);
        }
        sameLabels = sameLabels && offered.size() == labels.size() && offered.containsAll(labels);
    }

    Metrics metrics() {
        LabelCounts all = perLabel.values().stream().reduce(LabelCounts.NONE, LabelCounts::plus);
        return new Metrics(
                rows,
                mode,
                rows == 0 ? 0 : (double) exact / rows,
                all.f1(),
                sameLabels && rows > 0 ? macroF1() : null,
                weightedF1(all.support()),
                perLabel,
                mode == Mode.SINGLE_LABEL ? confusion.table(sameLabels ? perLabel.keySet() : Set.of()) : Map.of());
    }

    private double macroF1() {
        return perLabel.values().stream().mapToDouble(LabelCounts::f1).average().orElse(0);
    }

    private double weightedF1(long support) {
        double sum = perLabel.values().stream()
                .mapToDouble(counts -> counts.f1() * counts.support())
                .sum();
        return support == 0 ? 0 : sum / support;
    }
}
