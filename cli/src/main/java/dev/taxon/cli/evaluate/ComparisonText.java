package dev.taxon.cli.evaluate;

import dev.taxon.training.evaluation.Comparison;
import dev.taxon.training.evaluation.Difference;
import dev.taxon.training.evaluation.Metrics;
import dev.taxon.training.statistics.Estimate;
import dev.taxon.training.statistics.McNemar;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A comparison for people: the verdict, then what it rests on. */
final class ComparisonText {
    private ComparisonText() {}

    static String of(Comparison comparison, Side first, Side second) {
        Metrics before = comparison.first();
        Metrics after = comparison.second();
        StringBuilder text = new StringBuilder();
        line(text, "first:  %s%nsecond: %s%n", first.title(), second.title());
        line(text, "%d rows, %d answered differently%n%n", before.rows(), comparison.differing());
        line(text, "%s%n%n", comparison.verdict());
        line(text, "%-11s   first  second  difference (95%%)            second higher%n", "");
        figure(text, "accuracy", before.accuracy(), after.accuracy(), comparison.accuracy());
        figure(text, "micro F1", before.microF1(), after.microF1(), comparison.microF1());
        figure(text, "macro F1", before.macroF1(), after.macroF1(), comparison.macroF1());
        figure(text, "weighted F1", before.weightedF1(), after.weightedF1(), comparison.weightedF1());
        McNemar test = comparison.test();
        line(
                text,
                "%nMcNemar's test of exact answers (%s): %d rows only the first has right,",
                test.method().title(),
                test.firstAlone());
        line(text, " %d only the second, p = %.4f%n%n", test.secondAlone(), test.pValue());
        labels(text, comparison);
        return text.toString();
    }

    private static void figure(
            StringBuilder text,
            String name,
            @Nullable Double first,
            @Nullable Double second,
            @Nullable Difference difference) {
        if (first == null || second == null || difference == null) {
            line(text, "%-11s  none: rows offer different labels%n", name);
            return;
        }
        Estimate estimate = difference.estimate();
        line(
                text,
                "%-11s  %.4f  %.4f  %+.4f (%+.4f to %+.4f)  %5.1f%% of resamples%n",
                name,
                first,
                second,
                estimate.value(),
                estimate.low(),
                estimate.high(),
                100 * difference.probability());
    }

    private static void labels(StringBuilder text, Comparison comparison) {
        int width = comparison.f1ByLabel().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        String column = "%-" + Math.max(width, "label".length()) + "s  ";
        line(text, column + "F1 first  second  difference  rows%n", "label");
        comparison.first().perLabel().forEach((label, counts) -> {
            double difference = comparison.f1ByLabel().getOrDefault(label, 0.0);
            line(
                    text,
                    column + "%8.4f  %6.4f  %+10.4f  %4d%n",
                    label,
                    counts.f1(),
                    counts.f1() + difference,
                    difference,
                    counts.support());
        });
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }
}
