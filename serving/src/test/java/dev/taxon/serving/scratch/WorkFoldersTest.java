package dev.taxon.serving.scratch;

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
        WorkFolders folders = new WorkFolders(root);
        Path used;
        try (WorkFolder folder = folders.open()) {
            used = folder.path();
            Files.writeString(used.resolve("rows.jsonl"), "a customer's words");
            assertThat(Files.getPosixFilePermissions(used))
                    .containsExactlyInAnyOrder(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE);
        }
        assertThat(used).doesNotExist();
    }

    @Test
    void whatAKilledProcessLeftIsClearedAndWhatALivingOneUsesIsNot() throws IOException {
        Path left = Files.createDirectories(root.resolve("left/work/run"));
        Files.writeString(left.resolve("rows.jsonl"), "a customer's words");
        WorkFolders living = new WorkFolders(root);
        try (WorkFolder used = living.open()) {
            new WorkFolders(root).clear();

            assertThat(root.resolve("left")).doesNotExist();
            assertThat(used.path()).isDirectory();
        }
    }

    @Test
    void aProcessThatEndsInOrderLeavesNothing() throws IOException {
        WorkFolders folders = new WorkFolders(root);
        Files.writeString(folders.open().path().resolve("weights"), "of a customer");
        assertThat(root).isNotEmptyDirectory();

        folders.stop();

        assertThat(root).isEmptyDirectory();
    }
}
