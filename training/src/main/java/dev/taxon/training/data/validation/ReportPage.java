package dev.taxon.training.data.validation;

import dev.taxon.training.page.Html;
import dev.taxon.training.page.Page;
import dev.taxon.training.page.Table;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report as one page. */
public final class ReportPage {
    private ReportPage() {}

    public static String html(ValidationReport report) {
        return Page.of(
                "Data report",
                List.of(
                        "<p>" + Html.escape(summary(report)) + "</p>",
                        "<h2>Findings</h2>" + findings(report),
                        "<h2>Files</h2>" + files(report),
                        "<h2>Labels</h2>" + labels(report)));
    }

    private static String summary(ValidationReport report) {
        return Html.format(
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
        Table table = new Table("What was found, and where", List.of("severity", "finding", "where"));
        report.findings()
                .forEach(finding -> table.row(finding.severity().title(), finding.message(), details(finding)));
        return table.html();
    }

    private static String details(Finding finding) {
        return Stream.concat(
                        finding.names().stream(), finding.occurrences().stream().map(Occurrence::words))
                .collect(Collectors.joining("; "));
    }

    private static String files(ValidationReport report) {
        Table table = new Table("Rows of each file", List.of("part", "file", "rows", "accepted"));
        report.parts()
                .forEach(summary -> table.row(
                        summary.part().role().title(),
                        summary.part().file().toString(),
                        summary.rows(),
                        summary.acceptedRows()));
        return table.html();
    }

    private static String labels(ValidationReport report) {
        Table table = new Table("Rows of each label", List.of("label", "train", "validation", "test", "share"));
        double most = report.labels().stream().mapToLong(LabelUse::total).max().orElse(0);
        report.labels()
                .forEach(use -> table.row(
                        use.label(),
                        use.in(Role.TRAIN),
                        use.in(Role.VALIDATION),
                        use.in(Role.TEST),
                        new Table.Bar(most == 0 ? 0 : use.total() / most)));
        return table.html();
    }
}
