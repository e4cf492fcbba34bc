package dev.taxon.training.data.validation;

import static dev.taxon.training.data.validation.FindingKind.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.training.data.DataFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Files to be validated, and what is to be found in them. */
abstract class ValidatedFiles {
    @TempDir
    Path folder;

    /** Eight rows of each of two labels, in lines 2 to 17: line 3 is "text a 1", line 12 "text b 2". */
    static String enough() {
        StringBuilder rows = new StringBuilder();
        for (String label : List.of("a", "b")) {
            for (int row = 0; row < 8; row++) {
                rows.append("text %s %d,%s\n".formatted(label, row, label));
            }
        }
        return rows.toString();
    }

    final Path csv(String name, String rows) throws IOException {
        return DataFiles.write(folder, name, "text,label\n" + rows);
    }

    static DataPart train(Path file) {
        return new DataPart(Role.TRAIN, file);
    }

    static DataPart test(Path file) {
        return new DataPart(Role.TEST, file);
    }

    static ValidationReport validate(DataPart... parts) {
        return DataValidation.of(List.of(parts), ValidationOptions.defaults());
    }

    static Finding finding(ValidationReport report, FindingKind kind) {
        return report.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    static void assertKinds(ValidationReport report, FindingKind... kinds) {
        assertThat(report.findings()).extracting(Finding::kind).containsExactly(kinds);
    }
}
