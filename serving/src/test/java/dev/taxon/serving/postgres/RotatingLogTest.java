package dev.taxon.serving.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RotatingLogTest {
    @TempDir
    Path folder;

    @Test
    void dropsTheOldestAndCutsBetweenLines() throws IOException {
        try (RotatingLog log = new RotatingLog(folder.resolve("logs/api.log"), 8, 2)) {
            for (int line = 1; line <= 9; line++) {
                log.write(("line" + line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(read("api.log.2")).containsExactly("line5", "line6");
        assertThat(read("api.log.1")).containsExactly("line7", "line8");
        assertThat(read("api.log")).containsExactly("line9");
        try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void goesOnWithTheFileThatIsThere() throws IOException {
        for (String line : List.of("first", "second")) {
            try (RotatingLog log = new RotatingLog(folder.resolve("logs/api.log"), 1000, 2)) {
                log.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(read("api.log")).containsExactly("first", "second");
    }

    @Test
    void readsOnWhatItCannotWriteAndWritesAgainOnceItCan() throws IOException {
        Path inTheWay = folder.resolve("logs/api.log.1/in the way");
        Files.createDirectories(inTheWay);
        InputStream child = new SequenceInputStream(Collections.enumeration(List.of(
                lines("first"), lines("cannot rotate"), new Unblocking(inTheWay), lines("second"), lines("third"))));
        new RotatingLog(folder.resolve("logs/api.log"), 12, 1).copy(child);
        assertThat(child.read()).isEqualTo(-1);
        assertThat(read("api.log.1")).containsExactly("first", "cannot rotate", "second");
        assertThat(read("api.log")).containsExactly("third");
    }

    /** An empty stretch of a child's output, at which somebody makes room. */
    private static final class Unblocking extends InputStream {
        private final Path inTheWay;

        Unblocking(Path inTheWay) {
            this.inTheWay = inTheWay;
        }

        @Override
        public int read() throws IOException {
            Files.deleteIfExists(inTheWay);
            Files.deleteIfExists(inTheWay.resolveSibling(""));
            return -1;
        }
    }

    private static InputStream lines(String line) {
        return new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private List<String> read(String name) throws IOException {
        return Files.readAllLines(folder.resolve("logs").resolve(name));
    }
}
