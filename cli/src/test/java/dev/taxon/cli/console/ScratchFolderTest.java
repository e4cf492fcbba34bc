package dev.taxon.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ScratchFolderTest {
    @Test
    void goesWithItsFiles() throws IOException {
        Path path;
        try (ScratchFolder folder = ScratchFolder.create("taxon-test-")) {
            path = folder.path();
            Files.writeString(path.resolve("scores"), "1");
            assertThat(path).isDirectory();
        }
        assertThat(path).doesNotExist();
    }
}
