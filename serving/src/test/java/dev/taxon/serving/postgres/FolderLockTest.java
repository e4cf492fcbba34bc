package dev.taxon.serving.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

    @Test
    void canBeTakenAfterAnAttemptThatFailed() throws IOException {
        Path file = folder.resolve("missing/lock");
        assertThatThrownBy(() -> FolderLock.tryTake(file)).isInstanceOf(NoSuchFileException.class);
        Files.createDirectory(folder.resolve("missing"));
        try (FolderLock held = FolderLock.tryTake(file).orElseThrow()) {
            held.leaveNote("process 42");
        }
    }

    @Test
    void isGivenBackEvenWhenTheNoteCannotBeRemoved() throws IOException {
        Path file = folder.resolve("lock");
        FolderLock held = FolderLock.tryTake(file).orElseThrow();
        Path inTheWay = Files.createDirectories(folder.resolve("lock.holder/in the way"));
        assertThatThrownBy(held::close).isInstanceOf(DirectoryNotEmptyException.class);
        Files.delete(inTheWay);
        try (FolderLock again = FolderLock.tryTake(file).orElseThrow()) {
            assertThat(FolderLock.tryTake(file)).isEmpty();
        }
    }
}
