package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.DatasetReport;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Mode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.training.data.validation.Finding;
import dev.taxon.training.data.validation.Occurrence;
import dev.taxon.training.data.validation.PartSummary;
import dev.taxon.training.data.validation.Severity;
import dev.taxon.training.data.validation.ValidationReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A validation's report of one file as the wire has it: without the names of files, which are this machine's own. */
final class ReportView {
    private ReportView() {}

    static DatasetReport of(ValidationReport report) {
        PartSummary file = report.parts().get(0);
        Map<String, Long> labels = new LinkedHashMap<>();
        report.labels().forEach(use -> labels.put(use.label(), use.total()));
        return new DatasetReport(
                file.rows(),
                file.acceptedRows(),
                file.blankLines(),
                report.singleLabel() ? Mode.SINGLE_LABEL : Mode.MULTI_LABEL,
                report.passed(),
                labels,
                file.ignoredColumns(),
                report.findings().stream().map(ReportView::finding).toList());
    }

    private static DatasetReport.Finding finding(Finding finding) {
        List<DatasetReport.Place> places =
                finding.occurrences().stream().map(ReportView::place).toList();
        return new DatasetReport.Finding(
                finding.kind().title(),
                finding.severity().title(),
                finding.count(),
                Wording.of(finding.message()),
                places,
                finding.names());
    }

    private static DatasetReport.Place place(Occurrence occurrence) {
        return new DatasetReport.Place(
                occurrence.number(), occurrence.remark().isEmpty() ? null : Wording.of(occurrence.remark()));
    }

    /** Why data with errors are refused: the first of these, with its first place. */
    static Problem problem(ValidationReport report) {
        Finding first = report.findings(Severity.ERROR).get(0);
        String where =
                first.occurrences().stream().findFirst().map(ReportView::words).orElse("");
        return Problem.of(
                ErrorCode.INVALID_REQUEST,
                where + Wording.of(first.message())
                        + " The version's report lists all that was found; upload a corrected file.");
    }

    private static String words(Occurrence occurrence) {
        String remark = Wording.of(occurrence.remark());
        return "Line " + occurrence.number() + (remark.isEmpty() ? "" : " " + remark.replaceFirst("\\.$", "")) + ": ";
    }
}
