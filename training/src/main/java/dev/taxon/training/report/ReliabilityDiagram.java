package dev.taxon.training.report;

import dev.taxon.training.calibration.CalibrationError;
import dev.taxon.training.calibration.ReliabilityBin;
import dev.taxon.training.calibration.ReliabilityCurve;
import dev.taxon.training.page.Html;
import dev.taxon.training.page.Table;
import java.util.List;
import java.util.stream.Collectors;

/** Draws confidence against the share of right answers, before calibration and after, and says the same in a table. */
final class ReliabilityDiagram {
    private static final int SIDE = 420;
    private static final int LEFT = 60;
    private static final int TOP = 20;
    private static final int GRID = 5;

    private ReliabilityDiagram() {}

    static String html(CalibrationError error) {
        return svg(error)
                + table("Before calibration, by confidence", error.before())
                + (error.folds() == 0 ? "" : table("After, by confidence", error.after()));
    }

    private static String svg(CalibrationError error) {
        StringBuilder svg = new StringBuilder(Html.format(
                "<p><span class=\"one\">\u25cf before</span>, <span class=\"two\">\u25cf after</span>, dashes: confidence"
                        + " as high as the share of right answers</p>\n<svg viewBox=\"0 0 %d %d\" style=\"max-width:"
                        + " 34em\" role=\"img\" aria-label=\"Share of right answers against confidence; the tables below"
                        + " hold the same figures\">%n",
                SIDE + LEFT + 20, SIDE + TOP + 50));
        for (int i = 0; i <= GRID; i++) {
            grid(svg, (double) i / GRID);
        }
        svg.append(Html.format(
                "<line class=\"diagonal\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                x(0), y(0), x(1), y(1)));
        svg.append(Html.format(
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">confidence</text>%n", x(0.5), SIDE + TOP + 40));
        svg.append(points(error.before(), ""));
        if (error.folds() > 0) {
            svg.append(points(error.after(), "second"));
        }
        return svg.append("</svg>\n").toString();
    }

    private static void grid(StringBuilder svg, double value) {
        svg.append(Html.format(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n", x(0), y(value), x(1), y(value)));
        svg.append(Html.format("<text x=\"5\" y=\"%.1f\">%.1f right</text>%n", y(value) - 3, value));
        svg.append(Html.format(
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.1f</text>%n", x(value), SIDE + TOP + 18, value));
    }

    private static String points(ReliabilityCurve curve, String style) {
        List<ReliabilityBin> bins =
                curve.bins().stream().filter(bin -> bin.count() > 0).toList();
        String line = bins.stream()
                .map(bin -> Html.format("%.1f,%.1f", x(bin.confidence()), y(bin.right())))
                .collect(Collectors.joining(" "));
        String circles = bins.stream()
                .map(bin -> Html.format(
                        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>%n",
                        style,
                        x(bin.confidence()),
                        y(bin.right()),
                        2.5 + 7 * Math.sqrt((double) bin.count() / curve.count())))
                .collect(Collectors.joining());
        return Html.format("<polyline class=\"%s\" points=\"%s\"/>%n", style, line) + circles;
    }

    private static String table(String caption, ReliabilityCurve curve) {
        Table table = new Table(caption, List.of("confidence", "answers", "mean confidence", "share right"));
        curve.bins().stream()
                .filter(bin -> bin.count() > 0)
                .forEach(bin -> table.row(
                        Html.format("%.2f to %.2f", bin.lower(), bin.upper()),
                        bin.count(),
                        bin.confidence(),
                        bin.right()));
        return table.html();
    }

    private static double x(double share) {
        return LEFT + SIDE * share;
    }

    private static double y(double share) {
        return TOP + SIDE * (1 - share);
    }
}
