package dev.taxon.training.run;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Draws the curve as one page that needs nothing but a browser: plain SVG, no script, no network. */
final class CurvePage {
    private static final int MOST_POINTS = 600;

    private final List<CurvePoint> points;

    CurvePage(List<CurvePoint> points) {
        int stride = Math.max(1, (points.size() + MOST_POINTS - 1) / MOST_POINTS);
        this.points = IntStream.range(0, points.size())
                .filter(i -> (points.size() - 1 - i) % stride == 0)
                .mapToObj(points::get)
                .toList();
    }

    String html() {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <title>Training curve</title>
                <style>
                body { font: 15px system-ui, sans-serif; margin: 2em auto; max-width: 900px; color: #222; }
                svg { width: 100%%; height: auto; }
                text { font-size: 12px; fill: #555; }
                polyline { fill: none; stroke: #1f5fb4; stroke-width: 1.6; }
                polyline.light { stroke: #b9cbe4; }
                line { stroke: #ddd; }
                </style>
                </head>
                <body>
                <h1>Training curve</h1>
                <p>%s</p>
                %s</body>
                </html>
                """.formatted(summary(), panels());
    }

    private String panels() {
        if (points.isEmpty()) {
            return "";
        }
        double[] steps = points.stream().mapToDouble(CurvePoint::step).toArray();
        return new CurvePanel("Loss (light: since the point before, dark: smoothed)", steps)
                        .with(
                                "light",
                                points.stream().mapToDouble(CurvePoint::loss).toArray())
                        .with(
                                "dark",
                                points.stream()
                                        .mapToDouble(CurvePoint::smoothed)
                                        .toArray())
                        .svg()
                + new CurvePanel("Share of training rows whose best label is a true one", steps)
                        .with(
                                "dark",
                                points.stream().mapToDouble(CurvePoint::correct).toArray())
                        .svg()
                + new CurvePanel("Learning rate of the encoder", steps)
                        .with(
                                "dark",
                                points.stream().mapToDouble(CurvePoint::rate).toArray())
                        .svg();
    }

    private String summary() {
        if (points.isEmpty()) {
            return "No step is done yet.";
        }
        CurvePoint last = points.get(points.size() - 1);
        return String.format(
                Locale.ROOT,
                "Step %,d; %,d rows seen; smoothed loss %.4g; %,.0f seconds of training.",
                last.step(),
                last.rows(),
                last.smoothed(),
                last.seconds());
    }
}
