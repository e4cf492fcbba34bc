package dev.taxon.training.data.validation;

import static dev.taxon.training.data.validation.FindingKind.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.training.data.DataException;
import dev.taxon.training.data.DataFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Rows and files that cannot be taken. */
final class UnusableRowsTest extends ValidatedFiles {
    @Test
    void blankAndEndlessTextsAreErrorsOfTheirRows() throws IOException {
        Path file = csv(
                "rows.csv",
                enough() + ",a\n \u00a0\u200b\u0007,a\n" + "x".repeat(1_000_001) + ",b\n" + "y".repeat(1_000_000)
                        + ",b\n");
        ValidationReport report = validate(train(file));
        assertKinds(report, BLANK_TEXT, LONG_TEXT);
        assertThat(finding(report, BLANK_TEXT).occurrences())
                .extracting(Occurrence::number)
                .containsExactly(18L, 19L);
        assertThat(finding(report, LONG_TEXT).occurrences())
                .extracting(Occurrence::number)
                .containsExactly(20L);
        assertThat(report.acceptedRows()).isEqualTo(17);
    }

    @Test
    void rowsThatCannotBeReadAreCountedWithTheirReasons() throws IOException {
        String good = "{\"text\": \"one\", \"label\": \"a\"}\n";
        Path file = DataFiles.write(folder, "rows.jsonl", good + "secret\n" + good + "{\"text\": \"secret\"}\n");
        ValidationReport report = validate(train(file));
        Finding unreadable = finding(report, UNREADABLE_ROW);
        assertThat(unreadable.count()).isEqualTo(2);
        assertThat(unreadable.occurrences()).extracting(Occurrence::number).containsExactly(2L, 4L);
        assertThat(unreadable.occurrences().get(1).remark()).startsWith("lacks a field");
        assertThat(report.rows()).isEqualTo(4);
        assertThat(report.acceptedRows()).isEqualTo(2);
    }

    @Test
    void filesThatCannotBeReadAreOneSentence() {
        assertThatThrownBy(() -> validate(train(folder)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is a folder");
        assertThatThrownBy(() -> validate(train(folder.resolve("nowhere.csv"))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("There is no data file");
    }
}
