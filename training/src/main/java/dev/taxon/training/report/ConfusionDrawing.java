package dev.taxon.training.report;

import dev.taxon.core.Mode;
import dev.taxon.training.evaluation.Metrics;
import dev.taxon.training.page.Html;
import dev.taxon.training.page.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What was answered where something else was true. Single-label: a matrix of shaded squares, with its numbers where labels
 * are few, and the pairs that are confused most; multi-label: the 2x2 of each label.
 */
final class ConfusionDrawing {
    private static final int MOST_DRAWN = 150;
    private static final int MOST_IN_NUMBERS = 12;
    private static final int MOST_PAIRS = 20;
    private static final int SIDE = 640;
    private static final int MARGIN = 160;
    private static final int NAME = 22;

    private ConfusionDrawing() {}

    private record Confused(String truth, String answer, long count) {}

    /** HTML; nothing where rows offer different labels, which no one matrix holds. */
    static String html(Metrics metrics) {
        if (metrics.macroF1() == null) {
            return "";
        }
        return "<h2>Confusion</h2>\n"
                + (metrics.mode() == Mode.SINGLE_LABEL ? single(metrics.confusion()) : multi(metrics));
    }

    private static String single(Map<String, Map<String, Long>> matrix) {
        List<String> labels = List.copyOf(matrix.keySet());
        String drawing = labels.size() <= MOST_DRAWN ? svg(matrix, labels) : "";
        return drawing + (labels.size() <= MOST_IN_NUMBERS ? numbers(matrix, labels) : "") + pairs(matrix);
    }

    private static String svg(Map<String, Map<String, Long>> matrix, List<String> labels) {
        double cell = (double) SIDE / labels.size();
        StringBuilder svg = new StringBuilder(Html.format(
                "<p>Rows: the true label; columns: the answer, in the same order. The darker, the larger the share of its"
                        + " row.</p>%n<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Confusion matrix; the tables"
                        + " below hold its largest figures\">%n",
                SIDE + MARGIN, SIDE));
        double font = Math.max(4, Math.min(12, cell * 0.8));
        for (int row = 0; row < labels.size(); row++) {
            svg.append(Html.format(
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" style=\"font-size: %.1fpx\">%s</text>%n",
                    MARGIN - 6,
                    (row + 0.5) * cell + font / 3,
                    font,
                    Html.escape(Html.shortened(labels.get(row), NAME))));
            cells(svg, matrix.getOrDefault(labels.get(row), Map.of()), labels, row);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void cells(StringBuilder svg, Map<String, Long> answers, List<String> labels, int row) {
        double cell = (double) SIDE / labels.size();
        long all = answers.values().stream().mapToLong(Long::longValue).sum();
        for (int column = 0; column < labels.size(); column++) {
            long count = answers.getOrDefault(labels.get(column), 0L);
            if (count > 0) {
                svg.append(Html.format(
                        "<rect class=\"cell\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" opacity=\"%.3f\">"
                                + "<title>%s answered as %s: %d</title></rect>%n",
                        MARGIN + column * cell,
                        row * cell,
                        cell,
                        cell,
                        0.08 + 0.92 * count / all,
                        Html.escape(labels.get(row)),
                        Html.escape(labels.get(column)),
                        count));
            }
        }
    }

    private static String numbers(Map<String, Map<String, Long>> matrix, List<String> labels) {
        List<String> columns = new ArrayList<>(List.of("true label"));
        columns.addAll(labels);
        Table table = new Table("Rows: the true label; columns: the answer", columns);
        labels.forEach(truth -> {
            List<Object> cells = new ArrayList<>(List.of(truth));
            labels.forEach(
                    answer -> cells.add(matrix.getOrDefault(truth, Map.of()).getOrDefault(answer, 0L)));
            table.row(cells.toArray());
        });
        return table.html();
    }

    private static String pairs(Map<String, Map<String, Long>> matrix) {
        List<Confused> confused = new ArrayList<>();
        matrix.forEach((truth, answers) -> answers.forEach((answer, count) -> {
            if (count > 0 && !answer.equals(truth)) {
                confused.add(new Confused(truth, answer, count));
            }
        }));
        if (confused.isEmpty()) {
            return "<p>No label was answered as another.</p>\n";
        }
        Table table = new Table("Most often confused", List.of("true label", "answered as", "rows"));
        confused.stream()
                .sorted(Comparator.comparingLong(Confused::count).reversed())
                .limit(MOST_PAIRS)
                .forEach(pair -> table.row(pair.truth(), pair.answer(), pair.count()));
        return table.html();
    }

    private static String multi(Metrics metrics) {
        Table table = new Table(
                "Each label by itself",
                List.of("label", "true and answered", "answered wrongly", "missed", "rightly not answered"));
        metrics.perLabel()
                .forEach((label, counts) -> table.row(
                        label,
                        counts.truePositives(),
                        counts.falsePositives(),
                        counts.falseNegatives(),
                        counts.trueNegatives()));
        return table.html();
    }
}
