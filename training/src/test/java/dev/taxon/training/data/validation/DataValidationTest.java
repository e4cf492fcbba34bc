package dev.taxon.training.data.validation;

import static dev.taxon.training.data.validation.FindingKind.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.training.data.DataFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a report says of data as a whole, and what it never holds. */
final class DataValidationTest extends ValidatedFiles {
    @Test
    void dataWithNothingWrongPassesWithItsCounts() throws IOException {
        ValidationReport report = validate(train(csv("train.csv", enough())), test(csv("test.csv", "other text,a\n")));
        assertThat(report.findings()).isEmpty();
        assertThat(report.passed()).isTrue();
        assertThat(report.singleLabel()).isTrue();
        assertThat(report.rows()).isEqualTo(17);
        assertThat(report.acceptedRows(Role.TRAIN)).isEqualTo(16);
        assertThat(report.acceptedRows(Role.TEST)).isEqualTo(1);
        assertThat(report.labels().get(0).in(Role.TRAIN)).isEqualTo(8);
        assertThat(report.labels().get(0).in(Role.TEST)).isEqualTo(1);
        assertThat(report.parts().get(0).digest()).matches("[0-9a-f]{64}");
    }

    @Test
    void theSameRowsGiveTheSameReportInEveryFormat() throws IOException, SQLException {
        String rows = enough() + "text a 1,a\nlonely,c\n";
        Path csv = csv("rows.csv", rows);
        StringBuilder lines = new StringBuilder();
        rows.lines()
                .map(row -> row.split(","))
                .forEach(row -> lines.append("{\"text\": \"%s\", \"label\": \"%s\"}%n".formatted(row[0], row[1])));
        Path json = DataFiles.write(folder, "rows.jsonl.gz", lines.toString());
        Path parquet =
                DataFiles.writeParquet(folder, "rows.parquet", "SELECT text, label FROM read_csv('" + csv + "')");
        ValidationReport expected = validate(train(csv));
        assertKinds(expected, LONE_EXAMPLE, DUPLICATE);
        for (Path file : List.of(json, parquet)) {
            ValidationReport report = validate(train(file));
            assertThat(report.labels()).isEqualTo(expected.labels());
            assertThat(report.findings())
                    .extracting(Finding::message)
                    .isEqualTo(
                            expected.findings().stream().map(Finding::message).toList());
            assertThat(finding(report, DUPLICATE).occurrences().get(0).number()).isEqualTo(17);
        }
    }

    @Test
    void noMoreThanTenPlacesAreShownOfAnyNumber() throws IOException {
        Finding duplicates =
                finding(validate(train(csv("rows.csv", enough() + "text a 1,a\n".repeat(500)))), DUPLICATE);
        assertThat(duplicates.count()).isEqualTo(500);
        assertThat(duplicates.occurrences()).hasSize(10);
    }

    @Test
    void neitherReportNorPageHoldsAnyText() throws IOException {
        String rows = "secret one,a\nsecret one,b\nsecret one,a\n\"secret\", much,c\n,a\n";
        ValidationReport report = validate(train(csv("rows.csv", rows)), test(csv("test.csv", rows)));
        assertThat(report.findings()).hasSizeGreaterThan(4);
        assertThat(ReportJson.of(report).toString()).doesNotContain("secret");
        assertThat(ReportPage.html(report)).doesNotContain("secret");
        assertThat(report.toString()).doesNotContain("secret");
    }
}
