package dev.taxon.serving.scratch;

import dev.taxon.serving.postgres.FolderLock;
import dev.taxon.training.run.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;

/**
 * The folder of one process, deleted when that ends.
 *
 * @param lock shows other processes that this one lives
 */
record ProcessFolder(Path root, FolderLock lock) implements AutoCloseable {

    /** Makes one, which no other user reads. */
    static ProcessFolder make(Path parent) throws IOException {
        Files.createDirectories(parent);
        Path root = parent.resolve(UUID.randomUUID().toString());
        Files.createDirectory(root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        ProcessFolder made = take(root)
                .orElseThrow(() -> new IOException(
                        "The new folder " + root + " was taken by another process that started just now. Try again."));
        Files.createDirectories(made.work());
        return made;
    }

    /** The folder of a process that is no more; empty while it lives. */
    static Optional<ProcessFolder> take(Path root) throws IOException {
        return FolderLock.tryTake(root.resolve("lock")).map(lock -> new ProcessFolder(root, lock));
    }

    /** Where the process may write. */
    Path work() {
        return root.resolve("work");
    }

    @Override
    public void close() throws IOException {
        DurableFiles.deleteTree(work());
        lock.close();
        DurableFiles.deleteTree(root);
    }
}
