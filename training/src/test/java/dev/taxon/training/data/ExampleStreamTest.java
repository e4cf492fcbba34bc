package dev.taxon.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleStreamTest {
    private static final String GOOD =
            "{\"text\": \"one\", \"all_labels\": [\"a\", \"b\"], \"true_labels\": [\"b\"]}\n";

    @TempDir
    Path folder;

    @Test
    void readsRowsAndSharesEqualLists() throws IOException {
        List<Example> rows = read(GOOD + GOOD.replace("one", "two"));
        assertThat(rows)
                .containsExactly(
                        new Example("one", List.of("a", "b"), List.of("b")),
                        new Example("two", List.of("a", "b"), List.of("b")));
        assertThat(rows.get(0).allLabels()).isSameAs(rows.get(1).allLabels());
        assertThat(rows.get(0).trueLabels()).isSameAs(rows.get(1).trueLabels());
    }

    @Test
    void readsGzipWhateverTheName() throws IOException {
        Path file = folder.resolve("zipped.jsonl");
        Files.write(file, gzip(GOOD));
        assertThat(readFile(file)).hasSize(1);
    }

    @Test
    void passesOverBlankLinesWindowsLineEndsAndAByteOrderMark() throws IOException {
        assertThat(read("\uFEFF" + GOOD.replace("\n", "\r\n") + "\r\n\n" + GOOD))
                .hasSize(2);
    }

    @Test
    void takesARowWithoutTrueLabelsAndARowWithOneLabel() throws IOException {
        assertThat(read("{\"text\":\"t\",\"all_labels\":[\"only\"],\"true_labels\":[]}"))
                .containsExactly(new Example("t", List.of("only"), List.of()));
    }

    @Test
    void takesATextOfTenMegabytes() throws IOException {
        String text = "word ".repeat(2_000_000);
        assertThat(read(GOOD.replace("one", text)).get(0).text()).hasSize(10_000_000);
    }

    @Test
    void aLineWithoutEndIsRefusedBeforeItFillsTheHeap() throws IOException {
        assertRefused("x".repeat(BoundedLines.MAX_CHARACTERS + 1), "line 1 is longer than");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[1, 2]                                                                 | not a JSON object",
                "{\"text\": \"secret\", \"all_labels\": [\"a\"]                         | not well-formed JSON",
                "{\"text\": \"secret\", \"all_labels\": [\"a\"]}                        | lacks a field",
                "{\"all_labels\": [\"a\"], \"true_labels\": []}                         | lacks a field",
                "{\"text\": 5, \"all_labels\": [\"a\"], \"true_labels\": []}            | other than a string in text",
                "{\"text\": null, \"all_labels\": [\"a\"], \"true_labels\": []}         | other than a string in text",
                "{\"text\": \" \", \"all_labels\": [\"a\"], \"true_labels\": []}        | blank string in text",
                "{\"text\": \"secret\", \"all_labels\": \"a\", \"true_labels\": []}     | list of strings in all_labels",
                "{\"text\": \"secret\", \"all_labels\": [1], \"true_labels\": []}       | other than a string in all_labels",
                "{\"text\": \"secret\", \"all_labels\": [], \"true_labels\": []}        | no labels",
                "{\"text\": \"secret\", \"all_labels\": [\"a\",\"a\"], \"true_labels\": []} | same label twice",
                "{\"text\": \"secret\", \"all_labels\": [\"a\"], \"true_labels\": [\"secret\"]} | not in all_labels",
                "{\"text\": \"secret\", \"all_labels\": [\"a\"], \"true_labels\": [], \"x\": 1} | has a field other than",
                "{\"text\": \"secret\", \"text\": \"b\", \"all_labels\": [\"a\"], \"true_labels\": []} | each field once",
                "{\"text\": \"secret\", \"all_labels\": [\"a\"], \"true_labels\": []} {} | more after its JSON object",
                "{\"text\": \"secret \\ud800\", \"all_labels\": [\"a\"], \"true_labels\": []} | surrogate",
                "{\"text\": \"secret \\udc00\\ud800\", \"all_labels\": [\"a\"], \"true_labels\": []} | surrogate",
                "{\"text\": \"secret\", \"all_labels\": [\"\\udfff\"], \"true_labels\": []} | surrogate",
                "secret                                                                 | not well-formed JSON",
            })
    void refusesARowThatIsNotAsItShouldBe(String line, String reason) throws IOException {
        assertRefused(GOOD + line, "rows.jsonl, line 2", reason);
    }

    /** The parser gives up on these before the end, and says no place. */
    @Test
    void whatIsNestedTooDeeplyOrHasANumberTooLongIsNotAsItShouldBe() throws IOException {
        String row = "{\"text\": \"secret\", \"all_labels\": [\"a\"], \"true_labels\": %s}";
        assertRefused(GOOD + row.formatted("[".repeat(5_000) + "]".repeat(5_000)), "line 2", "nested too deeply");
        assertRefused(GOOD + row.formatted("1".repeat(5_000)), "line 2", "number or name too long");
    }

    @Test
    void takesSurrogatePairs() throws IOException {
        assertThat(read(GOOD.replace("one", "\\ud83d\\ude00")).get(0).text()).isEqualTo("\uD83D\uDE00");
    }

    @Test
    void gzipCutShortIsSaidToBe() throws IOException {
        Path file = folder.resolve("cut.jsonl.gz");
        byte[] whole = gzip(GOOD.repeat(100));
        Files.write(file, Arrays.copyOf(whole, whole.length - 12));
        assertThatThrownBy(() -> readFile(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("cut.jsonl.gz")
                .hasMessageContaining("damaged or cut short");
    }

    @Test
    void bytesThatAreNotUtf8AreSaidToBe() throws IOException {
        Path file = folder.resolve("latin.jsonl");
        String content = GOOD.repeat(2_000) + GOOD.replace("one", "caf\u00e9") + GOOD.repeat(2_000);
        Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> readFile(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("latin.jsonl, line 2001 cannot be read: it is not UTF-8");
    }

    @Test
    void aFolderIsSaidToBeOne() {
        assertThatThrownBy(() -> ExampleStream.open(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is a folder");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ExampleStream.open(folder.resolve("nowhere.jsonl")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("nowhere.jsonl");
    }

    private void assertRefused(String content, String... parts) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    private List<Example> read(String content) throws IOException {
        Path file = folder.resolve("rows.jsonl");
        Files.writeString(file, content);
        return readFile(file);
    }

    private static List<Example> readFile(Path file) {
        try (ExampleStream stream = ExampleStream.open(file)) {
            List<Example> rows = new ArrayList<>();
            for (Example row = stream.next(); row != null; row = stream.next()) {
                rows.add(row);
            }
            return rows;
        }
    }

    static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
