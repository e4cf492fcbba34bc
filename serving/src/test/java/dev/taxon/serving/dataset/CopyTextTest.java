package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text format as the manual of Postgres has it ("COPY", File Formats, Text Format). */
final class CopyTextTest {
    private final CopyText text = new CopyText();

    @Test
    void putsTabsBetweenColumnsAndALineToARow() {
        text.number(7).text("a").endRow();
        text.number(8).text("é").endRow();
        assertThat(written()).isEqualTo("7\ta\n8\té\n");
    }

    @Test
    void escapesWhatIsSpecial() {
        text.text("a\tb\nc\rd\\.").endRow();
        assertThat(written()).isEqualTo("a\\tb\\nc\\rd\\\\.\n");
    }

    @Test
    void quotesTheElementsOfArrays() {
        text.texts(List.of("a,b", "\"q\"", "\\", "NULL"))
                .texts(List.of())
                .texts(null)
                .endRow();
        assertThat(written()).isEqualTo("{\"a,b\",\"\\\\\"q\\\\\"\",\"\\\\\\\\\",\"NULL\"}\t{}\t\\N\n");
    }

    @Test
    void writesBytesInHexadecimal() {
        text.bytes(new byte[] {0, (byte) 0xff}).endRow();
        assertThat(written()).isEqualTo("\\\\x00ff\n");
    }

    private String written() {
        return new String(text.toBytes(), StandardCharsets.UTF_8);
    }
}
