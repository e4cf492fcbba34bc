package dev.taxon.training.report;

import dev.taxon.training.evaluation.Comparison;
import dev.taxon.training.evaluation.Difference;
import dev.taxon.training.evaluation.Metrics;
import dev.taxon.training.evaluation.MetricsIntervals;
import dev.taxon.training.page.Html;
import dev.taxon.training.page.Table;
import dev.taxon.training.statistics.Estimate;
import dev.taxon.training.statistics.McNemar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Figures as tables. */
final class FigureTables {
    private static final String NO_MACRO = "none: rows offer different labels";

    private FigureTables() {}

    static String metrics(MetricsIntervals intervals) {
        Table table = new Table("With 95% bootstrap intervals", List.of("figure", "value", "from", "to"));
        row(table, "accuracy", intervals.accuracy());
        row(table, "micro F1", intervals.microF1());
        row(table, "macro F1", intervals.macroF1());
        row(table, "weighted F1", intervals.weightedF1());
        return table.html();
    }

    static void row(Table table, String name, @Nullable Estimate estimate) {
        if (estimate == null) {
            table.row(name, NO_MACRO, "", "");
        } else {
            table.row(name, estimate.value(), estimate.low(), estimate.high());
        }
    }

    static String perLabel(Metrics metrics) {
        Table table = new Table("Each label", List.of("label", "precision", "recall", "F1", "rows"));
        metrics.perLabel()
                .forEach((label, counts) ->
                        table.row(label, counts.precision(), counts.recall(), counts.f1(), counts.support()));
        return table.html();
    }

    /** @param names of the first and the second, plain text */
    static String comparison(Comparison comparison, String first, String second) {
        Table table = new Table(
                "Second minus first, paired, with 95% bootstrap intervals",
                List.of("figure", first, second, "difference", "from", "to", "second higher"));
        Metrics before = comparison.first();
        Metrics after = comparison.second();
        row(table, "accuracy", before.accuracy(), after.accuracy(), comparison.accuracy());
        row(table, "micro F1", before.microF1(), after.microF1(), comparison.microF1());
        row(table, "macro F1", before.macroF1(), after.macroF1(), comparison.macroF1());
        row(table, "weighted F1", before.weightedF1(), after.weightedF1(), comparison.weightedF1());
        return table.html() + test(comparison.test());
    }

    private static void row(
            Table table,
            String name,
            @Nullable Double first,
            @Nullable Double second,
            @Nullable Difference difference) {
        if (first == null || second == null || difference == null) {
            table.row(name, NO_MACRO, "", "", "", "", "");
            return;
        }
        Estimate estimate = difference.estimate();
        table.row(
                name,
                first,
                second,
                estimate.value(),
                estimate.low(),
                estimate.high(),
                Html.format("%.1f%% of resamples", 100 * difference.probability()));
    }

    private static String test(McNemar test) {
        return Html.format(
                "<p>McNemar's test of exact answers (%s): only the first is right on %,d rows, only the second on %,d;"
                        + " p = %.4f.</p>%n",
                test.method().title(), test.firstAlone(), test.secondAlone(), test.pValue());
    }
}
