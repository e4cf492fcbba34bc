package dev.taxon.training.data;

import static dev.taxon.training.data.DataFiles.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvRowsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theDelimiterIsToldByTheHeader(String delimiter) throws IOException {
        String content = "id,Text,LABEL\n7,\"one, two; three | four\tfive\",a\n".replace(",", delimiter);
        // The replacement reached into the quotes, too; what counts is that they hold.
        String text = "one, two; three | four\tfive".replace(",", delimiter);
        assertThat(rows(content)).containsExactly(row(2, text, "a"));
    }

    @Test
    void quotedFieldsHoldQuotesAndLineEndsAndLinesAreThoseOfTheFile() throws IOException {
        assertThat(rows("text,label\n\"he said \"\"no\"\"\nand left\",a\r\n\nlast,b"))
                .containsExactly(row(2, "he said \"no\"\nand left", "a"), row(5, "last", "b"));
    }

    @Test
    void emptyLinesAreCountedAndColumnsThatAreNotReadAreNamed() throws IOException {
        Path file = write("id,text,label,date\n1,one,a,x\n\n\n2,two,b,y\n");
        try (DataRows rows = DataRows.open(file, ColumnNames.FOUND)) {
            assertThat(rows.next()).isNotNull();
            assertThat(rows.next()).isNotNull();
            assertThat(rows.next()).isNull();
            assertThat(rows.blankLines()).isEqualTo(2);
            assertThat(rows.ignoredColumns()).containsExactly("id", "date");
        }
    }

    @Test
    void aCellOfAPluralColumnHoldsAListInOneOfThreeSpellings() throws IOException {
        assertThat(
                        rows(
                                "text;labels\none;\"a;b\"\ntwo;a | b\nthree;\"[\"\"a\"\", \"\"b;c\"\"]\"\nfour;\"a|b;c\"\nfive;\n"))
                .containsExactly(
                        row(2, "one", "a", "b"),
                        row(3, "two", "a", "b"),
                        row(4, "three", "a", "b;c"),
                        row(5, "four", "a", "b;c"),
                        row(6, "five"));
    }

    @Test
    void aCellOfASingularColumnIsOneLabelAsItStands() throws IOException {
        assertThat(rows("text,label\none,yes; no|maybe\ntwo,[sic] a\nthree, a \n"))
                .containsExactly(row(2, "one", "yes; no|maybe"), row(3, "two", "[sic] a"), row(4, "three", " a "));
    }

    @Test
    void columnsAndTheSeparatorOfLabelsCanBeNamed() throws IOException {
        Path file = write("text,queue,subject\nlong,a/b,short\n");
        assertThat(DataFiles.rows(file, new ColumnNames("subject", "queue", "/")))
                .containsExactly(row(2, "short", "a", "b"));
    }

    @Test
    void candidatesAreReadWhereThereAreAny() throws IOException {
        assertThat(rows("text,all_labels,true_labels\none,a|b|c,b\n"))
                .containsExactly(new DataRow.Labelled(2, "one", List.of("b"), List.of("a", "b", "c")));
    }

    @Test
    void gzipAndAByteOrderMarkAreReadThrough() throws IOException {
        Path file = DataFiles.write(folder, "rows.csv.gz", "\uFEFFtext,label\ncafé,a\n");
        assertThat(DataFiles.rows(file)).containsExactly(row(2, "café", "a"));
    }

    @Test
    void rowsThatAreNotAsTheyShouldBeDoNotHideThoseAfter() throws IOException {
        List<DataRow> rows = rows("text,labels\nsecret, much,a\nsecret\nsecret,a||b\nsecret,a|a\nlast,b\n");
        assertThat(rows).hasSize(5);
        assertRefused(rows.get(0), 2, "has 3 fields and the header 2");
        assertRefused(rows.get(1), 3, "has 1 fields");
        assertRefused(rows.get(2), 4, "blank string in its labels");
        assertRefused(rows.get(3), 5, "same label twice");
        assertThat(rows.get(4)).isEqualTo(row(6, "last", "b"));
    }

    private static void assertRefused(DataRow row, long line, String reason) {
        assertThat(row).isInstanceOfSatisfying(DataRow.Refused.class, refused -> {
            assertThat(refused.number()).isEqualTo(line);
            assertThat(refused.reason()).contains(reason).doesNotContain("secret");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"text,label\none,a\n\"sec\"ret,b\nlast,c\n", "text,label\none,a\n\"secret,b\nlast,c\n"})
    void strayQuotesAreSaidToBeWithTheirLine(String content) {
        assertFails(content, "rows.csv, line 3 cannot be read: its quotes do not match");
    }

    @Test
    void aHeaderWithoutTheColumnsIsNotQuoted() {
        assertFails("secret,something\none,a\n", "rows.csv", "its first row lacks a column", "--text-column");
        assertFails("text,text2\none,a\n", "lacks a column");
        assertFails("", "it is empty");
        assertFails("\n\ntext,label\n", "its first line is");
        assertFails("secret".repeat(20_000), "its first row has no end");
    }

    @Test
    void aColumnWhoseNameHoldsNulIsRefused() {
        assertFails("text,label,secret\0\none,a,two\n", "rows.csv has a column whose name holds a NUL");
    }

    @Test
    void twoColumnsOfTheNameToBeReadAreRefused() {
        assertFails("text,label,Text\none,a,two\n", "rows.csv has two columns");
    }

    @Test
    void malformedBytesAreSaidToBeWithTheirLine() throws IOException {
        byte[] bytes = ("text,label\n" + "one,a\n".repeat(50_000) + "secr\u00e9t,b\n" + "last,c\n".repeat(1_000))
                .getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("latin.csv"), bytes);
        assertThatThrownBy(() -> DataFiles.rows(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("latin.csv, line 50002 cannot be read: it is not UTF-8");
    }

    @Test
    void gzipCutShortIsSaidToBe() throws IOException {
        byte[] whole = ExampleStreamTest.gzip("text,label\n" + "one,a\n".repeat(100));
        Path file = Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length - 12));
        assertThatThrownBy(() -> DataFiles.rows(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("cut.csv.gz")
                .hasMessageContaining("damaged or cut short");
    }

    private void assertFails(String content, String... parts) {
        assertThatThrownBy(() -> rows(content))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    private List<DataRow> rows(String content) throws IOException {
        return DataFiles.rows(write(content));
    }

    private Path write(String content) throws IOException {
        return DataFiles.write(folder, "rows.csv", content);
    }
}
