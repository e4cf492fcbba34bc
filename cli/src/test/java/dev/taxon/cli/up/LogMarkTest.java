package dev.taxon.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogMarkTest {
    @TempDir
    Path folder;

    @Test
    void findsTheLastCauseOfThisRunAlone() throws IOException {
        Path log = Files.writeString(folder.resolve("server.log"), "Caused by: java.lang.Error: an earlier run\n");
        LogMark mark = LogMark.now(log);
        assertThat(mark.lastCause()).isEmpty();
        Files.writeString(
                log,
                "ERROR failed\nCaused by: a.B: first\n\tat x\nCaused by: a.C: config.json is missing: save it.\n\tat y\n",
                StandardOpenOption.APPEND);
        assertThat(mark.lastCause()).isEqualTo("config.json is missing: save it.");
    }

    @Test
    void findsTheCauseInALineOfJson() throws IOException {
        String line =
                "{\"level\":\"ERROR\",\"stackTrace\":\"a.B: x\\n\\tat y\\nCaused by: a.C: no \\\"m\\\" here.\\n\\tat z\"}\n";
        Path log = Files.writeString(folder.resolve("server.log"), line);
        assertThat(new LogMark(log, 0).lastCause()).isEqualTo("no \"m\" here.");
    }

    @Test
    void namesACauseThatCameWithoutAMessage() throws IOException {
        Path log = Files.writeString(
                folder.resolve("server.log"), "Caused by: java.lang.NullPointerException\n\tat dev.taxon.Some.thing\n");
        assertThat(new LogMark(log, 0).lastCause()).isEqualTo("java.lang.NullPointerException");
    }

    @Test
    void readsARotatedLogFromItsBeginning() throws IOException {
        Path log = folder.resolve("server.log");
        Files.writeString(log, "x".repeat(100));
        LogMark mark = LogMark.now(log);
        Files.writeString(log, "Caused by: a.B: new\n");
        assertThat(mark.lastCause()).isEqualTo("new");
    }

    @Test
    void hasNothingToSayWithoutALog() throws IOException {
        assertThat(LogMark.now(folder.resolve("none")).lastCause()).isEmpty();
    }
}
