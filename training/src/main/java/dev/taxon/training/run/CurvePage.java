package dev.taxon.training.run;

import dev.taxon.training.page.LinePanel;
import dev.taxon.training.page.Page;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Draws the curve as one page that needs nothing but a browser: plain SVG, no script, no network. */
final class CurvePage {
    private static final String TITLE = "Training curve";
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
        return Page.of(TITLE, List.of("<p>" + summary() + "</p>", panels()));
    }

    /** The charts alone, as HTML for another page. */
    String panels() {
        if (points.isEmpty()) {
            return "";
        }
        double[] steps = points.stream().mapToDouble(CurvePoint::step).toArray();
        return new LinePanel("Loss (light: since the point before, dark: smoothed)", steps)
                        .with(
                                "light",
                                points.stream().mapToDouble(CurvePoint::loss).toArray())
                        .with(
                                "dark",
                                points.stream()
                                        .mapToDouble(CurvePoint::smoothed)
                                        .toArray())
                        .svg()
                + correct(steps)
                + new LinePanel("Learning rate of the encoder", steps)
                        .with(
                                "dark",
                                points.stream().mapToDouble(CurvePoint::rate).toArray())
                        .svg();
    }

    /** Nothing for a run that does not count right answers, such as one that learns from rewards. */
    private String correct(double[] steps) {
        double[] shares = points.stream().mapToDouble(CurvePoint::correct).toArray();
        return Arrays.stream(shares).allMatch(share -> share == 0)
                ? ""
                : new LinePanel("Share of training rows whose best label is a true one", steps)
                        .with("dark", shares)
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
