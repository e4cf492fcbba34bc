package dev.taxon.training.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One chart: lines over the same steps, from 0 to the largest value. Not thread-safe. */
public final class LinePanel {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 260;
    private static final int LEFT = 70;
    private static final int RIGHT = WIDTH - 10;
    private static final int TOP = 30;
    private static final int BOTTOM = HEIGHT - 30;
    private static final int GRID = 4;

    private record Series(String style, double[] values) {}

    private final String title;
    private final double[] steps;
    private final List<Series> lines = new ArrayList<>();

    /**
     * A chart without lines yet.
     *
     * @param title HTML
     * @param steps growing, at least one, the last above 0
     */
    public LinePanel(String title, double[] steps) {
        this.title = title;
        this.steps = steps;
    }

    /**
     * Adds a line.
     *
     * @param style {@code dark}, {@code light} or {@code second}
     * @param values one a step, not negative
     */
    public LinePanel with(String style, double[] values) {
        lines.add(new Series(style, values));
        return this;
    }

    public String svg() {
        double top = lines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.values()))
                .max()
                .orElse(0);
        double scale = top > 0 ? top : 1;
        StringBuilder svg = new StringBuilder();
        svg.append(Html.format("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n", WIDTH, HEIGHT, title));
        svg.append(Html.format("<text x=\"%d\" y=\"16\">%s</text>%n", LEFT, title));
        grid(svg, scale);
        lines.forEach(line -> polyline(svg, line, scale));
        return svg.append("</svg>\n").toString();
    }

    private void grid(StringBuilder svg, double scale) {
        for (int i = 0; i <= GRID; i++) {
            double value = scale * i / GRID;
            double y = y(value, scale);
            svg.append(Html.format("<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>%n", LEFT, y, RIGHT, y));
            svg.append(Html.format("<text x=\"5\" y=\"%.1f\">%.3g</text>%n", y + 4, value));
            double step = lastStep() * i / GRID;
            svg.append(Html.format(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%,.0f</text>%n",
                    x(step), HEIGHT - 8, i == GRID ? "end" : "middle", step));
        }
    }

    private void polyline(StringBuilder svg, Series line, double scale) {
        svg.append(Html.format("<polyline class=\"%s\" points=\"", line.style()));
        for (int i = 0; i < steps.length; i++) {
            svg.append(Html.format("%.1f,%.1f ", x(steps[i]), y(line.values()[i], scale)));
        }
        svg.append("\"/>\n");
    }

    private double lastStep() {
        return steps[steps.length - 1];
    }

    private double x(double step) {
        return LEFT + (RIGHT - LEFT) * step / lastStep();
    }

    private static double y(double value, double scale) {
        return BOTTOM - (BOTTOM - TOP) * value / scale;
    }
}
