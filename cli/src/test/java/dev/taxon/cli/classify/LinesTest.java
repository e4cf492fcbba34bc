package dev.taxon.cli.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.cli.classify.Lines.Line;
import dev.taxon.cli.console.CommandFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LinesTest {
    private static final String MARK = "\uFEFF";

    @Test
    void passesOverBlankLinesAndCountsThem() throws IOException {
        try (Lines lines = lines("\n{}\n \n[]")) {
            assertThat(lines.next()).isEqualTo(new Line("a.jsonl", 2, "{}"));
            assertThat(lines.next()).isEqualTo(new Line("a.jsonl", 4, "[]"));
            assertThat(lines.next()).isNull();
        }
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
        try (Lines lines = lines(MARK + "{}\n" + MARK + "x")) {
            assertThat(lines.next()).isEqualTo(new Line("a.jsonl", 1, "{}"));
            assertThat(lines.next()).isEqualTo(new Line("a.jsonl", 2, MARK + "x"));
        }
        try (Lines nothing = lines(MARK)) {
            assertThat(nothing.next()).isNull();
        }
    }

    @Test
    void whatIsNotUtf8IsSaidWithItsPlace() throws IOException {
        try (Lines lines = new Lines("a.jsonl", new ByteArrayInputStream(new byte[] {'{', (byte) 0xff}))) {
            assertThatThrownBy(lines::next)
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("a.jsonl")
                    .hasMessageContaining("line 1")
                    .hasMessageContaining("UTF-8");
        }
    }

    private static Lines lines(String content) {
        return new Lines("a.jsonl", new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }
}
