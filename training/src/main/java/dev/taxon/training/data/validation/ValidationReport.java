package dev.taxon.training.data.validation;

import java.util.List;

/**
 * What a validation found. It holds names of labels, columns and files, counts and line numbers, and no texts.
 *
 * @param parts the files in the order given
 * @param singleLabel whether every row has exactly one label
 * @param labels the label set, sorted by name
 * @param findings errors first
 */
public record ValidationReport(
        List<PartSummary> parts, boolean singleLabel, List<LabelUse> labels, List<Finding> findings) {
    public ValidationReport {
        parts = List.copyOf(parts);
        labels = List.copyOf(labels);
        findings = List.copyOf(findings);
    }

    /** Whether nothing stands against training on the data. */
    public boolean passed() {
        return findings(Severity.ERROR).isEmpty();
    }

    public List<Finding> findings(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .toList();
    }

    /** Rows of all parts. */
    public long rows() {
        return parts.stream().mapToLong(PartSummary::rows).sum();
    }

    /** Rows of all parts without an error of their own. */
    public long acceptedRows() {
        return parts.stream().mapToLong(PartSummary::acceptedRows).sum();
    }

    /** Rows of one role without an error of their own. */
    public long acceptedRows(Role role) {
        return parts.stream()
                .filter(summary -> summary.part().role() == role)
                .mapToLong(PartSummary::acceptedRows)
                .sum();
    }
}
