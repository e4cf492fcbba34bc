package dev.taxon.serving.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFoldersTest {
    @TempDir
    Path root = Path.of("");

    @Test
    void aFolderIsItsOwnersAloneAndGoneAfterwards() throws IOException {
        Path used;
        try (WorkFolder folder = new WorkFolders(root).open()) {
            used = folder.root();
            Files.writeString(folder.path().resolve("rows.jsonl"), "a customer's words");
            assertThat(Files.getPosixFilePermissions(used))
                    .containsExactlyInAnyOrder(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE);
        }
        assertThat(used).doesNotExist();
    }

    @Test
    void whatAKilledWorkerLeftIsClearedAndWhatALivingOneUsesIsNot() throws IOException {
        Path left = Files.createDirectories(root.resolve("left/work/run"));
        Files.writeString(left.resolve("rows.jsonl"), "a customer's words");
        try (WorkFolder used = new WorkFolders(root).open()) {
            new WorkFolders(root).clear();

            assertThat(root.resolve("left")).doesNotExist();
            assertThat(used.path()).isDirectory();
        }
    }
}
