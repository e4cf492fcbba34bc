package dev.taxon.serving.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private List<String> read(String name) throws IOException {
        return Files.readAllLines(folder.resolve("logs").resolve(name));
    }
}
