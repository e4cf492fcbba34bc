package dev.taxon.training.evaluation;

import dev.taxon.training.statistics.Bootstrap;
import dev.taxon.training.statistics.Estimate;
import dev.taxon.training.statistics.Resamples;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Metrics with percentile bootstrap intervals over rows.
 *
 * @param macroF1 null where rows offer different labels
 */
public record MetricsIntervals(
        Estimate accuracy, Estimate microF1, @Nullable Estimate macroF1, Estimate weightedF1) {

    /**
     * Intervals of metrics.
     *
     * @param rows those that the metrics are of, at least one
     */
    public static MetricsIntervals of(Metrics metrics, List<Judged> rows, Bootstrap bootstrap) {
        return of(metrics, RowDecisions.of(rows), bootstrap);
    }

    /** As above, of rows of which the decisions alone were kept. */
    public static MetricsIntervals of(Metrics metrics, RowDecisions decisions, Bootstrap bootstrap) {
        Resamples resamples = bootstrap.run(
                decisions.rows(),
                RowDecisions.Figures.COUNT,
                (drawn, figures) -> decisions.figures(drawn).writeTo(figures, 0));
        Double macro = metrics.macroF1();
        return new MetricsIntervals(
                resamples.percentile(0, metrics.accuracy()),
                resamples.percentile(1, metrics.microF1()),
                macro == null ? null : resamples.percentile(2, macro),
                resamples.percentile(3, metrics.weightedF1()));
    }
}
