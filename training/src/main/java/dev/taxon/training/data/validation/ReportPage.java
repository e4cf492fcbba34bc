package dev.taxon.training.data.validation;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report as one page that needs nothing but a browser: no script, no network. */
public final class ReportPage {
    private static final int WIDEST = 100;

    private ReportPage() {}

    public static String html(ValidationReport report) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <title>Data report</title>
                <style>
                body { font: 15px system-ui, sans-serif; margin: 2em auto; max-width: 900px; color: #222; }
                table { border-collapse: collapse; width: 100%%; margin-bottom: 2em; }
                th, td { text-align: left; vertical-align: top; padding: .3em .8em .3em 0; border-bottom: 1px solid #ddd; }
                td.number { text-align: right; }
                td.error { color: #a11; }
                td.warning { color: #850; }
                td.bar { width: 40%%; }
                div.bar { background: #1f5fb4; height: .8em; }
                small { color: #555; }
                </style>
                </head>
                <body>
                <h1>Data report</h1>
                <p>%s</p>
                <h2>Findings</h2>
                %s
                <h2>Files</h2>
                <table>
                <tr><th>part</th><th>file</th><th>rows</th><th>accepted</th></tr>
                %s</table>
                <h2>Labels</h2>
                <table>
                <tr><th>label</th><th>train</th><th>validation</th><th>test</th><th></th></tr>
                %s</table>
                </body>
                </html>
                """.formatted(summary(report), findings(report), files(report), labels(report));
    }

    private static String summary(ValidationReport report) {
        return Words.of(
                "%,d rows, of which %,d can be used; %d labels; %s. %s",
                report.rows(),
                report.acceptedRows(),
                report.labels().size(),
                report.singleLabel() ? "single-label" : "multi-label",
                report.passed()
                        ? "Nothing stands against training on it."
                        : "The errors stand against training on it.");
    }

    private static String findings(ValidationReport report) {
        if (report.findings().isEmpty()) {
            return "<p>None.</p>";
        }
        return report.findings().stream()
                .map(ReportPage::finding)
                .collect(Collectors.joining("", "<table>\n", "</table>"));
    }

    private static String finding(Finding finding) {
        String details = Stream.concat(
                        finding.names().stream(), finding.occurrences().stream().map(Occurrence::words))
                .collect(Collectors.joining("; "));
        String severity = finding.severity().title();
        return Words.of(
                "<tr><td class=\"%s\">%s</td><td>%s<br><small>%s</small></td></tr>%n",
                severity, severity, escaped(finding.message()), escaped(details));
    }

    private static String files(ValidationReport report) {
        return report.parts().stream()
                .map(summary -> Words.of(
                        "<tr><td>%s</td><td>%s</td>%s%s</tr>%n",
                        summary.part().role().title(),
                        escaped(summary.part().file().toString()),
                        number(summary.rows()),
                        number(summary.acceptedRows())))
                .collect(Collectors.joining());
    }

    private static String labels(ValidationReport report) {
        long most = report.labels().stream().mapToLong(LabelUse::total).max().orElse(0);
        return report.labels().stream()
                .map(use -> Words.of(
                        "<tr><td>%s</td>%s%s%s<td class=\"bar\"><div class=\"bar\" style=\"width: %d%%\"></div></td></tr>%n",
                        escaped(use.label()),
                        number(use.in(Role.TRAIN)),
                        number(use.in(Role.VALIDATION)),
                        number(use.in(Role.TEST)),
                        most == 0 ? 0 : WIDEST * use.total() / most))
                .collect(Collectors.joining());
    }

    private static String number(long value) {
        return Words.of("<td class=\"number\">%,d</td>", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
