package dev.taxon.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any text comes out of CSV and JSON Lines as it went in. */
final class RowPropertyTest {

    @Property(tries = 150)
    void csvGivesBackWhatWasWritten(@ForAll("rows") List<String> texts, @ForAll("delimiters") char delimiter)
            throws IOException {
        StringWriter content = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder().fieldSeparator(delimiter).build(content)) {
            writer.writeRecord("label", "text");
            texts.forEach(text -> writer.writeRecord("a", text));
        }
        assertThat(texts("rows.csv", content.toString())).isEqualTo(texts);
    }

    @Property(tries = 150)
    void jsonLinesGiveBackWhatWasWritten(@ForAll("rows") List<String> texts) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        StringBuilder content = new StringBuilder();
        for (String text : texts) {
            content.append(mapper.writeValueAsString(Map.of("text", text, "label", "a")))
                    .append('\n');
        }
        assertThat(texts("rows.jsonl", content.toString())).isEqualTo(texts);
    }

    @Property(tries = 300)
    void whateverBytesAFileHoldsItIsReadOrRefusedInOneSentence(@ForAll byte[] bytes, @ForAll("names") String name)
            throws IOException {
        Path file = Files.createTempFile("rows", name);
        try {
            Files.write(file, bytes);
            DataFiles.rows(file);
        } catch (DataException refused) {
            assertThat(refused).hasMessageContaining(file.getFileName().toString());
            assertThat(refused).hasMessageMatching("[^\\n\\r]+");
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<List<String>> rows() {
        return Arbitraries.strings()
                .withChars("ab \"',;|\t\n\r\\{}[]\u00e9\u2028")
                .ofMaxLength(40)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<Character> delimiters() {
        return Arbitraries.of(',', ';', '\t', '|');
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("x.csv", "x.jsonl", "x.csv.gz");
    }

    private static List<String> texts(String name, String content) throws IOException {
        Path file = Files.createTempFile("property", name);
        try {
            Files.writeString(file, content, StandardCharsets.UTF_8);
            List<String> texts = new ArrayList<>();
            for (DataRow row : DataFiles.rows(file)) {
                texts.add(((DataRow.Labelled) row).text());
            }
            return texts;
        } finally {
            Files.delete(file);
        }
    }
}
