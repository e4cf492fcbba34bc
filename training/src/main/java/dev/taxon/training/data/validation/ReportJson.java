package dev.taxon.training.data.validation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A report as {@code validate-data --json} writes it; see docs/data.md. */
public final class ReportJson {
    private ReportJson() {}

    public static ObjectNode of(ValidationReport report) {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("rows", report.rows())
                .put("accepted_rows", report.acceptedRows())
                .put("mode", report.singleLabel() ? "single-label" : "multi-label")
                .put("passed", report.passed());
        ArrayNode parts = root.putArray("parts");
        report.parts().forEach(part -> addPart(parts.addObject(), part));
        ObjectNode labels = root.putObject("labels");
        report.labels().forEach(use -> addLabel(labels.putObject(use.label()), use));
        ArrayNode findings = root.putArray("findings");
        report.findings().forEach(finding -> addFinding(findings.addObject(), finding));
        return root;
    }

    private static void addPart(ObjectNode json, PartSummary summary) {
        json.put("role", summary.part().role().title())
                .put("file", summary.part().file().toString())
                .put("rows", summary.rows())
                .put("accepted_rows", summary.acceptedRows())
                .put("blank_lines", summary.blankLines())
                .put("digest", summary.digest());
        ArrayNode ignored = json.putArray("ignored_columns");
        summary.ignoredColumns().forEach(ignored::add);
    }

    private static void addLabel(ObjectNode json, LabelUse use) {
        use.rows().forEach((role, rows) -> json.put(role.title(), rows));
    }

    private static void addFinding(ObjectNode json, Finding finding) {
        json.put("kind", finding.kind().title())
                .put("severity", finding.severity().title())
                .put("count", finding.count())
                .put("message", finding.message());
        ArrayNode places = json.putArray("places");
        for (Occurrence occurrence : finding.occurrences()) {
            ObjectNode place = places.addObject()
                    .put("role", occurrence.part().role().title())
                    .put("file", occurrence.part().file().toString())
                    .put("line", occurrence.number());
            if (!occurrence.remark().isEmpty()) {
                place.put("remark", occurrence.remark());
            }
        }
        ArrayNode names = json.putArray("names");
        finding.names().forEach(names::add);
    }
}
