package dev.taxon.training.report;

import dev.taxon.training.calibration.Calibration;
import dev.taxon.training.calibration.CalibrationError;
import dev.taxon.training.page.Html;
import dev.taxon.training.page.Page;
import dev.taxon.training.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A report as one page that needs nothing but a browser: every figure stands there as text, too. */
public final class ReportPage {
    private ReportPage() {}

    /**
     * What the page calls itself and the two answers that it holds against each other; plain text.
     *
     * @param comparison heading of the comparison
     * @param first what came before
     * @param second what the report is of
     */
    public record Wording(String title, String comparison, String first, String second) {

        /** An adapter against the model without it. */
        public static Wording ofAdapter() {
            return new Wording("Training report", "Without the adapter and with it", "without", "with");
        }

        /** Learning from rewards, against what it started from. */
        public static Wording ofRewards() {
            return new Wording(
                    "Report of learning from rewards", "Before learning from rewards and after it", "before", "after");
        }

        /** The same under another title. */
        public Wording titled(String other) {
            return new Wording(other, comparison, first, second);
        }
    }

    /**
     * The page, of an adapter.
     *
     * @param title plain text
     * @param curve HTML of the training curve's charts; empty for none
     */
    public static String html(TrainingReport report, String title, String curve) {
        return html(report, Wording.ofAdapter().titled(title), curve);
    }

    /** The page, in the words given. */
    public static String html(TrainingReport report, Wording wording, String curve) {
        List<String> sections = new ArrayList<>();
        if (report.holdsTexts()) {
            sections.add("<p class=\"warning\"><strong>" + TrainingReport.NOTICE + "</strong></p>");
        }
        sections.add("<p>" + Html.escape(report.source().sentence()) + "</p>");
        sections.add(FigureTables.metrics(report.intervals()));
        report.withoutAdapter().ifPresent(comparison -> {
            sections.add("<h2>" + wording.comparison() + "</h2>");
            sections.add("<p><strong>First: " + wording.first() + ". Second: " + wording.second() + ". "
                    + Html.escape(comparison.verdict()) + ".</strong></p>");
            sections.add(FigureTables.comparison(comparison, wording.first(), wording.second()));
        });
        sections.add("<h2>Labels</h2>" + FigureTables.perLabel(report.metrics()));
        sections.add(ConfusionDrawing.html(report.metrics()));
        sections.add("<h2>Calibration</h2>" + calibration(report.calibration(), report.calibrationError()));
        sections.add(mistakes(report.mistakes()));
        if (!curve.isEmpty()) {
            sections.add("<h2>Training curve</h2>" + curve);
        }
        return Page.of(wording.title(), sections);
    }

    private static String calibration(Calibration calibration, CalibrationError error) {
        Table table = new Table(
                error.folds() == 0
                        ? "Expected calibration error with 95% interval; too few rows to judge a fit"
                        : "Expected calibration error with 95%% interval, cross-fitted in %d folds"
                                .formatted(error.folds()),
                List.of("error", "value", "from", "to"));
        FigureTables.row(table, "before", error.error());
        FigureTables.row(table, "after", error.errorAfter());
        FigureTables.row(table, "reduction", error.reduction());
        return fitted(calibration) + table.html() + ReliabilityDiagram.html(error);
    }

    private static String fitted(Calibration calibration) {
        StringBuilder text = new StringBuilder(Html.format(
                "<p>Fitted temperature: %.4f%s.</p>%n",
                calibration.temperature().value(),
                calibration
                        .temperature()
                        .reason()
                        .map(reason -> (calibration.temperature().value() == 1
                                        ? " (not fitted: "
                                        : " (as before; not fitted: ")
                                + reason + ")")
                        .orElse("")));
        calibration
                .thresholds()
                .reason()
                .ifPresent(reason -> text.append("<p>Thresholds: 0.5 for all (not fitted: ")
                        .append(reason)
                        .append(").</p>\n"));
        calibration.thresholds().shared().ifPresent(shared -> {
            Table table = new Table(
                    "Fitted thresholds; labels that are true in fewer rows than 20 share one",
                    List.of("label", "threshold"));
            table.row("all others", shared);
            new TreeMap<>(calibration.thresholds().perLabel()).forEach(table::row);
            text.append(table.html());
        });
        return text.toString();
    }

    private static String mistakes(List<Mistake> mistakes) {
        if (mistakes.isEmpty()) {
            return "";
        }
        Table table = new Table(
                "The surest first: often it is the data that is wrong",
                List.of("row", "text", "true", "answered", "surest error", "confidence"));
        mistakes.forEach(mistake -> table.row(
                mistake.row(),
                mistake.text().orElse("(left out)"),
                String.join(", ", mistake.trueLabels()),
                String.join(", ", mistake.answered()),
                (mistake.missed() ? "missed " : "answered ") + mistake.label(),
                mistake.confidence()));
        return "<h2>Most instructive mistakes</h2>" + table.html();
    }
}
