package dev.taxon.serving.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderLockTest {
    @TempDir
    Path folder;

    @Test
    void hasOneHolderWhoSaysWhoItIs() throws IOException {
        Path file = folder.resolve("lock");
        try (FolderLock held = FolderLock.tryTake(file).orElseThrow()) {
            held.leaveNote("process 42");
            assertThat(FolderLock.tryTake(file)).isEmpty();
            assertThat(FolderLock.noteBeside(file)).isEqualTo("process 42");
        }
        assertThat(FolderLock.noteBeside(file)).isEmpty();
        try (FolderLock again = FolderLock.tryTake(file).orElseThrow()) {
            assertThat(FolderLock.tryTake(file)).isEmpty();
        }
    }
}
