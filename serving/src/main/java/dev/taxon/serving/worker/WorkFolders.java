package dev.taxon.serving.worker;

import dev.taxon.serving.config.TaxonSettings;
import dev.taxon.serving.postgres.FolderLock;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Folders for attempts at jobs. They hold customers' texts: no other user reads them, and what a kill left is cleared. */
@Singleton
final class WorkFolders {
    private static final Logger LOG = Logger.getLogger(WorkFolders.class);

    private final Path root;

    @Inject
    WorkFolders(TaxonSettings settings) {
        this(settings.worker()
                .folder()
                .orElseGet(() ->
                        Path.of(System.getProperty("java.io.tmpdir"), "taxon-" + System.getProperty("user.name"))));
    }

    /** Folders in this one. */
    WorkFolders(Path root) {
        this.root = root;
    }

    /** Makes an empty folder. */
    WorkFolder open() throws IOException {
        Files.createDirectories(root);
        Path folder = root.resolve(UUID.randomUUID().toString());
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FolderLock lock = FolderLock.tryTake(WorkFolder.lockFile(folder))
                .orElseThrow(() -> new IllegalStateException("a new folder is nobody else's"));
        WorkFolder made = new WorkFolder(folder, lock);
        Files.createDirectory(made.path());
        return made;
    }

    /** Deletes what attempts left that were killed on this machine. */
    void clear() {
        try (Stream<Path> folders = Files.isDirectory(root) ? Files.list(root) : Stream.empty()) {
            folders.forEach(WorkFolders::deleteIfLeft);
        } catch (IOException | UncheckedIOException failure) {
            LOG.warnf("Folders of killed workers in %s cannot be cleared; check the disk", root);
        }
    }

    private static void deleteIfLeft(Path folder) {
        try {
            Optional<FolderLock> lock = FolderLock.tryTake(WorkFolder.lockFile(folder));
            if (lock.isPresent()) {
                new WorkFolder(folder, lock.get()).close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
