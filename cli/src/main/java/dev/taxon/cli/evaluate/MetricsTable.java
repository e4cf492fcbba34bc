package dev.taxon.cli.evaluate;

import dev.taxon.training.evaluation.LabelCounts;
import dev.taxon.training.evaluation.Metrics;
import java.util.Locale;

/** Metrics for people: the figures of the whole, then a line a label. */
final class MetricsTable {
    private MetricsTable() {}

    static String of(Metrics metrics) {
        StringBuilder table = new StringBuilder();
        line(table, "%d rows, %s%n%n", metrics.rows(), metrics.mode().word());
        line(table, "accuracy     %.4f%n", metrics.accuracy());
        line(table, "micro F1     %.4f%n", metrics.microF1());
        Double macro = metrics.macroF1();
        if (macro == null) {
            line(table, "macro F1     none: rows offer different labels%n");
        } else {
            line(table, "macro F1     %.4f%n", macro);
        }
        line(table, "weighted F1  %.4f%n%n", metrics.weightedF1());
        int width = metrics.perLabel().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        String column = "%-" + Math.max(width, "label".length()) + "s  ";
        line(table, column + "precision  recall      F1  support%n", "label");
        metrics.perLabel().forEach((label, counts) -> label(table, column, label, counts));
        return table.toString();
    }

    private static void label(StringBuilder table, String column, String label, LabelCounts counts) {
        line(
                table,
                column + "%9.4f  %6.4f  %6.4f  %7d%n",
                label,
                counts.precision(),
                counts.recall(),
                counts.f1(),
                counts.support());
    }

    private static void line(StringBuilder table, String format, Object... values) {
        table.append(String.format(Locale.ROOT, format, values));
    }
}
