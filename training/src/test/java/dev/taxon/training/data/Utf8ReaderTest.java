package dev.taxon.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class Utf8ReaderTest {

    @Property(tries = 200)
    void whateverStandsAroundTheBordersOfBuffersIsReadAsItWasWritten(
            @ForAll String text, @ForAll @IntRange(min = 65_000, max = 66_000) int before) throws IOException {
        String wellFormed = new String(
                ("x".repeat(before) + text + "\uD83D\uDE00\u00e9").getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8);
        StringWriter read = new StringWriter();
        try (Utf8Reader reader = reader(wellFormed.getBytes(StandardCharsets.UTF_8))) {
            reader.transferTo(read);
        }
        assertThat(read.toString()).isEqualTo(wellFormed);
    }

    @Property(tries = 200)
    void allThatStandsBeforeMalformedBytesIsHandedOutFirst(@ForAll @IntRange(max = 140_000) int before)
            throws IOException {
        byte[] bytes = new byte[before + 2];
        Arrays.fill(bytes, (byte) 'x');
        bytes[before] = (byte) 0xE9;
        try (Utf8Reader reader = reader(bytes)) {
            for (int i = 0; i < before; i++) {
                assertThat(reader.read()).isEqualTo('x');
            }
            assertThatThrownBy(reader::read).isInstanceOf(CharacterCodingException.class);
        }
    }

    @Test
    void aSequenceCutShortAtTheEndIsMalformed() throws IOException {
        try (Utf8Reader reader = reader(new byte[] {'a', (byte) 0xE2, (byte) 0x82})) {
            assertThat(reader.read()).isEqualTo('a');
            assertThatThrownBy(reader::read).isInstanceOf(CharacterCodingException.class);
        }
    }

    @Test
    void aByteOrderMarkIsLeftOutAtTheBeginningAlone() throws IOException {
        StringWriter read = new StringWriter();
        try (Utf8Reader reader = reader("\uFEFFa\uFEFF".getBytes(StandardCharsets.UTF_8))) {
            reader.transferTo(read);
        }
        assertThat(read.toString()).isEqualTo("a\uFEFF");
        assertThat(reader("\uFEFF".getBytes(StandardCharsets.UTF_8)).read()).isEqualTo(-1);
        assertThat(reader(new byte[0]).read()).isEqualTo(-1);
    }

    private static Utf8Reader reader(byte[] bytes) {
        return new Utf8Reader(new ByteArrayInputStream(bytes));
    }
}
