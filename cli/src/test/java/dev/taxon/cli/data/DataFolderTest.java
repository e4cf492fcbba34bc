package dev.taxon.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.cli.console.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
    @TempDir
    Path folder;

    @Test
    void hasOneUserAndSaysWhichAndWhere() throws IOException {
        try (DataFolder first = DataFolder.take(folder.resolve("data"), "http://127.0.0.1:8080")) {
            assertThatThrownBy(() -> DataFolder.take(first.path(), "http://127.0.0.1:9000"))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining(first.path().toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid() + " at http://127.0.0.1:8080")
                    .hasMessageContaining("--data");
        }
        try (DataFolder again = DataFolder.take(folder.resolve("data"), "")) {
            assertThat(again.endedUncleanly()).isFalse();
        }
    }

    @Test
    void tellsWhetherItsLastUserWasKilled() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("lock.holder"), "process 1 at http://127.0.0.1:8080\n");
        try (DataFolder after = DataFolder.take(data, "")) {
            assertThat(after.endedUncleanly()).isTrue();
        }
    }

    @Test
    void keepsTheFirstKeyForItsOwnerAlone() throws IOException {
        try (DataFolder data = DataFolder.take(folder.resolve("data"), "")) {
            assertThat(data.firstKey()).isEmpty();
            data.keepFirstKey("tx_1_2");
            assertThat(data.firstKey()).contains("tx_1_2");
            assertThat(permissions(data.path().resolve("key"))).isEqualTo("rw-------");
            assertThat(permissions(data.path())).isEqualTo("rwx------");
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
