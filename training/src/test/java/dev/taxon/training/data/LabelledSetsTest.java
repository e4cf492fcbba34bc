package dev.taxon.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledSetsTest {
    private static final String SINGLE = "{\"text\":\"t\",\"all_labels\":[\"a\",\"b\"],\"true_labels\":[\"b\"]}\n";
    private static final String BOTH = "{\"text\":\"t\",\"all_labels\":[\"a\",\"b\"],\"true_labels\":[\"a\",\"b\"]}\n";

    @TempDir
    Path folder;

    @Test
    void aSetIsNamedAfterItsFileAndKnowsItsKind() throws IOException {
        Files.write(folder.resolve("news.jsonl.gz"), ExampleStreamTest.gzip(SINGLE + SINGLE));
        Files.writeString(folder.resolve("genres.jsonl"), SINGLE + BOTH);
        Files.writeString(folder.resolve("notes.txt"), "no data");

        List<LabelledSet> sets = LabelledSets.readAll(List.of(folder));

        assertThat(sets).extracting(LabelledSet::name).containsExactly("genres", "news");
        assertThat(sets).extracting(LabelledSet::singleLabel).containsExactly(false, true);
        assertThat(sets).extracting(LabelledSet::size).containsExactly(2, 2);
    }

    @Test
    void readingCanBeStoppedInTheMiddle() throws IOException {
        Path file = Files.writeString(folder.resolve("a.jsonl"), SINGLE.repeat(300));
        int[] pauses = {0};
        assertThat(LabelledSets.read(file, ColumnNames.FOUND, () -> pauses[0]++).size())
                .isEqualTo(300);
        assertThat(pauses[0]).isEqualTo(1);
        assertThatThrownBy(() -> LabelledSets.read(file, ColumnNames.FOUND, () -> {
                    throw new IllegalStateException("stopped");
                }))
                .hasMessage("stopped");
    }

    @Test
    void theDigestIsThatOfTheBytesOnDisk() throws IOException {
        Path file = Files.writeString(folder.resolve("a.jsonl"), SINGLE);
        // sha256sum of the line above.
        assertThat(LabelledSets.read(file).digest())
                .isEqualTo("c52d07cdb1390bb12c57cb7120804786eaf5d03aa01a994556fe49b3cabb5f04");
        Path zipped = Files.write(folder.resolve("b.jsonl.gz"), ExampleStreamTest.gzip(SINGLE));
        assertThat(LabelledSets.read(zipped).digest())
                .isNotEqualTo(LabelledSets.read(file).digest());
    }

    @Test
    void rowsThatNameNoCandidatesHaveThoseOfTheWholeFile() throws IOException {
        Path file = Files.writeString(folder.resolve("mail.csv"), "body,intent\none,pay\ntwo,ask\nthree,pay\n");
        LabelledSet set = LabelledSets.read(file);
        assertThat(set.name()).isEqualTo("mail");
        assertThat(set.examples())
                .containsExactly(
                        new Example("one", List.of("ask", "pay"), List.of("pay")),
                        new Example("two", List.of("ask", "pay"), List.of("ask")),
                        new Example("three", List.of("ask", "pay"), List.of("pay")));
    }

    @Test
    void everyFormatGivesTheSameExamples() throws IOException, SQLException {
        Path csv = DataFiles.write(folder, "a.csv.gz", "text,label\none,a\ntwo,b\n");
        Path json = DataFiles.write(
                folder, "b.jsonl", "{\"text\":\"one\",\"label\":\"a\"}\n{\"text\":\"two\",\"label\":\"b\"}\n");
        Path parquet = DataFiles.writeParquet(
                folder, "c.parquet", "SELECT * FROM (VALUES ('one', 'a'), ('two', 'b')) t(text, label)");
        Path tsv = DataFiles.write(folder, "d.tsv", "label\ttext\na\tone\nb\ttwo\n");
        List<LabelledSet> sets = LabelledSets.readAll(List.of(folder));
        assertThat(sets).extracting(LabelledSet::name).containsExactly("a", "b", "c", "d");
        assertThat(LabelledSets.files(List.of(folder))).containsExactly(csv, json, parquet, tsv);
        assertThat(sets).allSatisfy(set -> {
            assertThat(set.examples()).isEqualTo(sets.get(0).examples());
            assertThat(set.digest()).matches("[0-9a-f]{64}");
        });
    }

    @Test
    void aRowThatIsNotAsItShouldBeEndsTheReadingOfEveryFormat() throws IOException, SQLException {
        Path csv = Files.writeString(folder.resolve("a.csv"), "text,label\none,a\n ,a\n");
        assertThatThrownBy(() -> LabelledSets.read(csv))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.csv, line 3 has a blank string in text");
        Path parquet = DataFiles.writeParquet(
                folder, "c.parquet", "SELECT * FROM (VALUES ('one', 'a'), (NULL, 'b')) t(text, label)");
        assertThatThrownBy(() -> LabelledSets.read(parquet))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("c.parquet, row 2 has no text");
    }

    @Test
    void aFileWithoutAnyLabelIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "text,label\none,\n");
        assertThatThrownBy(() -> LabelledSets.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.csv has no labels");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("empty.jsonl"), "\n\n");
        assertThatThrownBy(() -> LabelledSets.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("empty.jsonl")
                .hasMessageContaining("no rows");
    }

    @Test
    void twoFilesOfOneNameAreRefused() throws IOException {
        Path first = Files.writeString(folder.resolve("same.jsonl"), SINGLE);
        Path second = Files.write(folder.resolve("same.jsonl.gz"), ExampleStreamTest.gzip(SINGLE));
        assertThatThrownBy(() -> LabelledSets.readAll(List.of(first, second)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("same.jsonl.gz")
                .hasMessageContaining("same name");
    }

    @Test
    void theFilesOfAFolderAreItsDataSortedByName() throws IOException {
        Path second = Files.writeString(folder.resolve("b.jsonl"), SINGLE);
        Path first = Files.writeString(folder.resolve("a.jsonl.gz"), SINGLE);
        Files.writeString(folder.resolve("notes.txt"), "no data");
        Path given = Path.of("elsewhere.json");
        assertThat(LabelledSets.files(List.of(given, folder))).containsExactly(given, first, second);
    }

    @Test
    void aFolderWithoutDataIsRefused() {
        assertThatThrownBy(() -> LabelledSets.readAll(List.of(folder)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("holds no .jsonl");
    }
}
