package dev.taxon.training.data;

import static dev.taxon.training.data.DataFiles.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParquetRowsTest {
    @TempDir
    Path folder;

    @Test
    void rowsComeInTheFilesOrderAcrossRowGroups() throws SQLException {
        Path file = write("SELECT 'text ' || i AS text, 'label ' || i % 3 AS label, i AS id FROM range(300000) t(i)");
        List<DataRow> rows = DataFiles.rows(file);
        assertThat(rows).hasSize(300_000);
        assertThat(rows.get(0)).isEqualTo(row(1, "text 0", "label 0"));
        assertThat(rows.get(299_999)).isEqualTo(row(300_000, "text 299999", "label 2"));
    }

    @Test
    void labelsAreStringsListsOrWholeNumbers() throws SQLException {
        assertThat(DataFiles.rows(write("SELECT 'one' AS text, ['a', 'b'] AS labels")))
                .containsExactly(row(1, "one", "a", "b"));
        assertThat(DataFiles.rows(write("SELECT 'one' AS text, 'a|b' AS labels")))
                .containsExactly(row(1, "one", "a", "b"));
        assertThat(DataFiles.rows(write("SELECT 'one' AS text, 3::UTINYINT AS label")))
                .containsExactly(row(1, "one", "3"));
        assertThat(DataFiles.rows(write("SELECT 'one' AS text, NULL::VARCHAR AS label")))
                .containsExactly(row(1, "one"));
        assertThat(DataFiles.rows(write("SELECT 'one' AS text, ['a','b'] AS all_labels, ['b'] AS true_labels")))
                .containsExactly(new DataRow.Labelled(1, "one", List.of("b"), List.of("a", "b")));
    }

    @Test
    void columnsOfAnyNameCanBeNamed() throws SQLException {
        Path file = write("SELECT 'one' AS \"my \"\"text\"\"\", 'a' AS \"la'bel\", 1 AS x");
        try (DataRows rows = DataRows.open(file, new ColumnNames("my \"text\"", "la'bel", null))) {
            assertThat(rows.next()).isEqualTo(row(1, "one", "a"));
            assertThat(rows.ignoredColumns()).containsExactly("x");
        }
    }

    @Test
    void rowsThatAreNotAsTheyShouldBeDoNotHideThoseAfter() throws SQLException {
        Path file =
                write("SELECT * FROM (VALUES (NULL, ['a']), ('secret', ['a', NULL]), ('last', ['b'])) t(text, labels)");
        assertThat(DataFiles.rows(file))
                .containsExactly(
                        new DataRow.Refused(1, "has no text; fill it in or remove the row."),
                        new DataRow.Refused(2, "has a label that is null; fill it in or remove it."),
                        row(3, "last", "b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 5 AS text, 'a' AS label",
                "SELECT 'one'::BLOB AS text, 'a' AS label",
                "SELECT 'one' AS text, 1.5 AS label",
                "SELECT 'one' AS text, {'a': 1} AS label"
            })
    void columnsOfAnotherTypeAreNamed(String query) throws SQLException {
        assertFails(write(query), "rows.parquet", "does not hold strings", "convert it");
    }

    @Test
    void aFileWithoutTheColumnsSaysWhichAreLookedFor() throws SQLException {
        assertFails(write("SELECT 'one' AS something, 'a' AS label"), "it lacks a column", "--text-column");
    }

    @Test
    void damageIsSaidToBe() throws IOException, SQLException {
        byte[] whole = Files.readAllBytes(write("SELECT 'secret ' || i AS text, 'a' AS label FROM range(10000) t(i)"));
        Path file = folder.resolve("rows.parquet");
        for (int length : new int[] {0, 3, 4, 11, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertFails(file, "rows.parquet", "damaged or cut short");
        }
        byte[] inside = whole.clone();
        Arrays.fill(inside, 100, 1_000, (byte) 0x55);
        Files.write(file, inside);
        assertFails(file, "rows.parquet", "damaged or cut short");
    }

    @Test
    void aPathThatIsAPatternIsRefused() throws IOException, SQLException {
        Path file = Files.copy(write("SELECT 'one' AS text, 'a' AS label"), folder.resolve("[r]ows*.parquet"));
        assertFails(file, "must not hold any of", "rename it");
    }

    @Test
    void aQuoteInThePathIsNoEnd() throws IOException, SQLException {
        Path file = Files.copy(write("SELECT 'one' AS text, 'a' AS label"), folder.resolve("o'rows.parquet"));
        assertThat(DataFiles.rows(file)).containsExactly(row(1, "one", "a"));
    }

    @Test
    void theDatabaseOpensNothingButTheFileAndStaysThatWay() throws IOException, SQLException {
        Path file = write("SELECT 'one' AS text, 'a' AS label");
        Path other = DataFiles.writeParquet(folder, "other.parquet", "SELECT 'secret' AS text");
        for (String statement : List.of(
                "SELECT * FROM read_parquet('" + other + "')",
                "SELECT * FROM read_csv('" + other + "')",
                "SELECT * FROM read_text('" + other + "')",
                "SELECT * FROM glob('" + folder + "/*')",
                "COPY (SELECT 1) TO '" + folder.resolve("new.csv") + "'",
                "ATTACH '" + folder.resolve("new.db") + "'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET enable_external_access = true",
                "SET allowed_paths = ['" + other + "']",
                "SET memory_limit = '100GB'",
                "SET temp_directory = '" + folder + "'",
                "RESET lock_configuration")) {
            try (ParquetFile parquet = ParquetFile.open(file);
                    Connection connection = parquet.connection();
                    Statement attempt = connection.createStatement()) {
                assertThatThrownBy(() -> {
                            if (attempt.execute(statement)) {
                                attempt.getResultSet().next();
                            }
                        })
                        .as(statement)
                        .isInstanceOf(SQLException.class);
            }
        }
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("rows.parquet", "other.parquet");
    }

    private static void assertFails(Path file, String... parts) {
        assertThatThrownBy(() -> DataFiles.rows(file))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    private Path write(String query) throws SQLException {
        return DataFiles.writeParquet(folder, "rows.parquet", query);
    }
}
