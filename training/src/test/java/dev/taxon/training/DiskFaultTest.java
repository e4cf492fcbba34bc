package dev.taxon.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFaultTest {
    @Test
    void aFullDiskIsSaidInItsOwnWords() {
        // What Linux answers a write to it.
        IOException full =
                catchThrowableOfType(IOException.class, () -> Files.write(Path.of("/dev/full"), new byte[] {1}));
        assertThat(DiskFault.reason(full)).isEqualTo("no space left on device");
        assertThat(DiskFault.reason(new IllegalStateException("state", full))).isEqualTo("no space left on device");
    }

    @Test
    void pathsAreLeftOut(@TempDir Path folder) {
        assertThat(DiskFault.reason(new NoSuchFileException(folder.toString()))).isEqualTo("a file is not there");
        assertThat(DiskFault.reason(new AccessDeniedException(folder.toString())))
                .isEqualTo("access is denied");
        assertThat(DiskFault.reason(new UncheckedIOException(
                        new FileSystemException(folder.toString(), null, "Too many open files"))))
                .isEqualTo("too many open files");
    }

    @Test
    void whereNothingIsSaidTheFaultIsNamed() {
        assertThat(DiskFault.reason(new IOException())).isEqualTo("IOException");
        assertThat(DiskFault.reason(new FileSystemException("file"))).isEqualTo("FileSystemException");
    }
}
