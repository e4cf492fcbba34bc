package dev.taxon.cli.validate;

import dev.taxon.training.data.validation.Finding;
import dev.taxon.training.data.validation.LabelUse;
import dev.taxon.training.data.validation.Occurrence;
import dev.taxon.training.data.validation.PartSummary;
import dev.taxon.training.data.validation.Role;
import dev.taxon.training.data.validation.Severity;
import dev.taxon.training.data.validation.ValidationReport;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report for people: files, labels, and a paragraph a finding, errors first. */
final class ReportTable {
    private static final int MOST_LABELS = 50;

    private ReportTable() {}

    static String of(ValidationReport report) {
        StringBuilder table = new StringBuilder();
        line(
                table,
                "%,d rows, %,d usable, %d labels, %s%n%n",
                report.rows(),
                report.acceptedRows(),
                report.labels().size(),
                report.singleLabel() ? "single-label" : "multi-label");
        report.parts().forEach(part -> part(table, part));
        labels(table, report.labels());
        report.findings().forEach(finding -> finding(table, finding));
        int errors = report.findings(Severity.ERROR).size();
        int warnings = report.findings(Severity.WARNING).size();
        line(table, "%n%s, %s%n", counted(errors, "error"), counted(warnings, "warning"));
        return table.toString();
    }

    private static void part(StringBuilder table, PartSummary summary) {
        line(
                table,
                "%-10s  %,10d rows  %s%n",
                summary.part().role().title(),
                summary.rows(),
                summary.part().file());
    }

    private static void labels(StringBuilder table, List<LabelUse> uses) {
        int width = uses.stream().mapToInt(use -> use.label().length()).max().orElse(0);
        String column = "%-" + Math.max(width, "label".length()) + "s";
        line(table, "%n" + column + "       train  validation        test%n", "label");
        for (LabelUse use : uses.subList(0, Math.min(uses.size(), MOST_LABELS))) {
            line(
                    table,
                    column + "  %,10d  %,10d  %,10d%n",
                    use.label(),
                    use.in(Role.TRAIN),
                    use.in(Role.VALIDATION),
                    use.in(Role.TEST));
        }
        if (uses.size() > MOST_LABELS) {
            line(table, "and %,d more (--json has all)%n", uses.size() - MOST_LABELS);
        }
    }

    private static void finding(StringBuilder table, Finding finding) {
        line(table, "%n%-8s %s%n", finding.severity().title(), finding.message());
        details(table, finding.names().stream(), finding.names().size(), finding);
        details(
                table,
                finding.occurrences().stream().map(Occurrence::words),
                finding.occurrences().size(),
                finding);
    }

    private static void details(StringBuilder table, Stream<String> shown, int count, Finding finding) {
        if (count > 0) {
            String more = finding.count() > count ? "; ..." : "";
            line(table, "         %s%n", shown.collect(Collectors.joining("; ")) + more);
        }
    }

    private static String counted(int count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    private static void line(StringBuilder table, String format, Object... values) {
        table.append(String.format(Locale.ROOT, format, values));
    }
}
