package dev.taxon.cli.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary folder without subfolders that goes with whoever made it, and with the process when that is told to stop.
 * Closed by the thread that made it.
 */
public final class ScratchFolder implements AutoCloseable {
    private final Path path;
    private final Thread hook = new Thread(this::delete, "scratch");

    private ScratchFolder(Path path) {
        this.path = path;
    }

    /** An empty folder. */
    public static ScratchFolder create(String prefix) throws IOException {
        ScratchFolder folder = new ScratchFolder(Files.createTempDirectory(prefix));
        Runtime.getRuntime().addShutdownHook(folder.hook);
        return folder;
    }

    public Path path() {
        return path;
    }

    /** Deletes the folder and its files. */
    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // Then the hook runs, and finds nothing left.
        }
    }

    private void delete() {
        if (!Files.exists(path)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(path);
        } catch (IOException failure) {
            throw new UncheckedIOException("The temporary folder " + path + " cannot be deleted.", failure);
        }
    }
}
