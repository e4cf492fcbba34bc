package dev.taxon.training.data.validation;

import static dev.taxon.training.data.validation.FindingKind.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.taxon.training.data.ColumnNames;
import dev.taxon.training.data.DataException;
import dev.taxon.training.data.DataFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DataValidationTest {
    @TempDir
    Path folder;

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
    void textsThatComeAgainAreDuplicatesOrContradictionsWhateverTheirCaseAndSpacing() throws IOException {
        Path file = csv("rows.csv", enough() + "Text  A 1 ,a\nTEXT A 1,b\n\uFF34ext a 1,a\n");
        ValidationReport report = validate(train(file));
        assertKinds(report, DUPLICATE, CONTRADICTION);
        assertThat(finding(report, DUPLICATE).occurrences())
                .extracting(Occurrence::place, Occurrence::remark)
                .containsExactly(
                        tuple("train rows.csv line 18", "as train rows.csv line 3"),
                        tuple("train rows.csv line 20", "as train rows.csv line 3"));
        assertThat(finding(report, CONTRADICTION).occurrences())
                .extracting(Occurrence::number, Occurrence::remark)
                .containsExactly(tuple(19L, "unlike train rows.csv line 3"));
    }

    @Test
    void setsOfLabelsAreTheSameInAnyOrder() throws IOException {
        Path file =
                DataFiles.write(folder, "rows.csv", "text,labels\none,a|b\none,b|a\none,a\n" + "two,a|b\n".repeat(8));
        ValidationReport report = validate(train(file));
        assertThat(finding(report, DUPLICATE).count()).isEqualTo(8);
        assertThat(finding(report, CONTRADICTION).count()).isEqualTo(1);
        assertThat(report.singleLabel()).isFalse();
    }

    @Test
    void aTextInTwoPartsIsALeakAndInTwoFilesOfOnePartADuplicate() throws IOException {
        Path train = csv("train.csv", enough());
        Path more = csv("more.csv", "text a 3,a\n");
        Path test = csv("test.csv", "TEXT b 2,b\nnew,a\ntext a 1,b\n");
        ValidationReport report = validate(train(train), train(more), test(test));
        assertKinds(report, LEAK, DUPLICATE, CONTRADICTION);
        assertThat(report.passed()).isFalse();
        assertThat(finding(report, LEAK).occurrences())
                .extracting(Occurrence::place, Occurrence::remark)
                .containsExactly(
                        tuple("test test.csv line 2", "as train train.csv line 12"),
                        tuple("test test.csv line 4", "as train train.csv line 3"));
    }

    @Test
    void labelsThatDifferByCaseSpaceOrFormAloneAreNamed() throws IOException {
        Path file = csv("rows.csv", enough() + "new one,A\nnew two, a\nnew three,caf\u00e9\nnew four,cafe\u0301\n");
        Finding variants = finding(validate(train(file)), LABEL_VARIANT);
        assertThat(variants.count()).isEqualTo(5);
        assertThat(variants.names()).containsExactlyInAnyOrder(" a", "A", "a", "caf\u00e9", "cafe\u0301");
    }

    @Test
    void labelsOutsideTheGivenSetAndLabelsWithoutRowsAreNamed() throws IOException {
        Path file = csv("rows.csv", enough() + "new,c\n");
        ValidationReport report = DataValidation.of(
                List.of(train(file)),
                new ValidationOptions(ColumnNames.FOUND, List.of("a", "b", "d"), Optional.empty()));
        assertKinds(report, UNKNOWN_LABEL, UNUSED_LABEL);
        assertThat(finding(report, UNKNOWN_LABEL).names()).containsExactly("c");
        assertThat(finding(report, UNKNOWN_LABEL).occurrences().get(0).number()).isEqualTo(18);
        assertThat(finding(report, UNUSED_LABEL).names()).containsExactly("d");
        assertThat(report.acceptedRows()).isEqualTo(16);
    }

    @Test
    void candidatesOfTheRowsAreTheSet() throws IOException {
        String row = "{\"text\": \"%s\", \"all_labels\": [%s], \"true_labels\": [\"%s\"]}\n";
        String content = row.formatted("one", "\"a\", \"b\"", "c")
                + row.formatted("two", "\"b\", \"a\"", "a")
                + row.formatted("three", "\"a\", \"b\"", "a");
        Path closed = DataFiles.write(folder, "closed.jsonl", content);
        assertKinds(validate(train(closed)), UNKNOWN_LABEL, FEW_EXAMPLES, UNUSED_LABEL);
        Path open = DataFiles.write(
                folder,
                "open.jsonl",
                content + row.formatted("four", "\"a\", \"x\"", "x") + row.formatted("five", "\"a\", \"x\"", "a"));
        ValidationReport report = validate(train(open));
        assertKinds(report, UNKNOWN_LABEL, OPEN_LABEL_SET);
        assertThat(finding(report, OPEN_LABEL_SET).count()).isEqualTo(2);
    }

    @Test
    void labelsWithTooFewExamplesCountInThePartToTrainOnAlone() throws IOException {
        Path train = csv("train.csv", enough() + "lonely,c\n" + "few 1,d\nfew 2,d\n");
        Path test = csv("test.csv", "tested,e\n");
        ValidationReport report = validate(train(train), test(test));
        assertKinds(report, LONE_EXAMPLE, FEW_EXAMPLES, UNUSED_LABEL);
        assertThat(finding(report, LONE_EXAMPLE).names()).containsExactly("c");
        assertThat(finding(report, FEW_EXAMPLES).names()).containsExactly("d");
        assertThat(finding(report, UNUSED_LABEL).names()).containsExactly("e");
        assertThat(validate(test(test), test(csv("more.csv", "x,f\n"))).findings())
                .isEmpty();
    }

    @Test
    void rowsWithoutLabelsAreCountedAndTaken() throws IOException {
        ValidationReport report = validate(train(csv("rows.csv", enough() + "nothing fits,\n")));
        assertKinds(report, NO_LABEL);
        assertThat(report.passed()).isTrue();
        assertThat(report.acceptedRows()).isEqualTo(17);
    }

    @Test
    void oneLabelIsNothingToTellApartUnlessSomeRowsHaveNone() throws IOException {
        String rows = "one,a\ntwo,a\n";
        assertKinds(validate(train(csv("rows.csv", rows))), ONE_LABEL, FEW_EXAMPLES);
        assertKinds(validate(train(csv("rows.csv", rows + "three,\n"))), FEW_EXAMPLES, NO_LABEL);
    }

    @Test
    void rowsThatAllHaveTheSameLabelOfSeveralAreNothingToTellApart() throws IOException {
        String rows = "text,all_labels,true_labels\n" + "one,a|b,a\ntwo,a|b,a\n";
        ValidationReport report = validate(train(DataFiles.write(folder, "rows.csv", rows)));
        assertKinds(report, ONE_ANSWER, FEW_EXAMPLES, UNUSED_LABEL);
    }

    @Test
    void oneRowIsTooFew() throws IOException {
        assertKinds(validate(train(csv("rows.csv", "one,a\n"))), ONE_LABEL, LONE_EXAMPLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rows.csv", "rows.jsonl"})
    void noRowsIsAnError(String name) throws IOException {
        Path file = DataFiles.write(folder, name, name.endsWith("csv") ? "text,label\n" : "\n\n");
        ValidationReport report = validate(train(file));
        assertKinds(report, NO_ROWS);
        assertThat(report.passed()).isFalse();
    }

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
    void columnsThatAreNotReadAndLabelsThatAreNumbersAreNamed() throws IOException {
        Path file = DataFiles.write(folder, "rows.csv", "id,text,label\n1,one,0\n2,two,1\n3,three,0\n4,four,1\n");
        ValidationReport report = validate(train(file));
        assertThat(finding(report, IGNORED_COLUMN).names()).containsExactly("id");
        assertThat(finding(report, NUMBER_LABEL).names()).containsExactly("0", "1");
        assertThat(report.passed()).isTrue();
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

    @Test
    void aColumnOfTextsTakenForLabelsIsToldBeforeItFillsTheHeap() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int row = 0; row < 100_002; row++) {
            rows.append("one,").append(row).append('\n');
        }
        Path file = csv("rows.csv", rows.toString());
        assertThatThrownBy(() -> validate(train(file)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("100,000 different labels")
                .hasMessageContaining("--label-column");
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

    /** Eight rows of each of two labels, in lines 2 to 17: line 3 is "text a 1", line 12 "text b 2". */
    private static String enough() {
        StringBuilder rows = new StringBuilder();
        for (String label : List.of("a", "b")) {
            for (int row = 0; row < 8; row++) {
                rows.append("text %s %d,%s\n".formatted(label, row, label));
            }
        }
        return rows.toString();
    }

    private Path csv(String name, String rows) throws IOException {
        return DataFiles.write(folder, name, "text,label\n" + rows);
    }

    private static DataPart train(Path file) {
        return new DataPart(Role.TRAIN, file);
    }

    private static DataPart test(Path file) {
        return new DataPart(Role.TEST, file);
    }

    private static ValidationReport validate(DataPart... parts) {
        return DataValidation.of(List.of(parts), ValidationOptions.defaults());
    }

    private static Finding finding(ValidationReport report, FindingKind kind) {
        return report.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static void assertKinds(ValidationReport report, FindingKind... kinds) {
        assertThat(report.findings()).extracting(Finding::kind).containsExactly(kinds);
    }
}
