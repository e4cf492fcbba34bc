package dev.taxon.serving.scratch;

import dev.taxon.serving.config.TaxonSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Folders for a while, all below one of this process. They hold customers' texts and weights: no other user reads them, and
 * what a process left that was killed the next one clears, whichever it is. Thread-safe.
 */
@Singleton
public final class WorkFolders {
    private static final Logger LOG = Logger.getLogger(WorkFolders.class);

    private final Path root;
    private @Nullable ProcessFolder own;

    @Inject
    WorkFolders(TaxonSettings settings) {
        this(settings.worker()
                .folder()
                .orElseGet(() ->
                        Path.of(System.getProperty("java.io.tmpdir"), "taxon-" + System.getProperty("user.name"))));
    }

    /** Folders in this one. */
    public WorkFolders(Path root) {
        this.root = root;
    }

    /** On whose disk they are. */
    public Path root() {
        return root;
    }

    /** Makes an empty folder, which its user closes. */
    public WorkFolder open() throws IOException {
        return new WorkFolder(Files.createTempDirectory(own().work(), ""));
    }

    private synchronized ProcessFolder own() throws IOException {
        ProcessFolder known = own;
        if (known == null) {
            known = ProcessFolder.make(root);
            own = known;
        }
        return known;
    }

    void start(@Observes StartupEvent event) {
        clear();
    }

    /** Deletes what processes left that were killed on this machine. */
    void clear() {
        try (Stream<Path> folders = Files.isDirectory(root) ? Files.list(root) : Stream.empty()) {
            folders.filter(Files::isDirectory).forEach(WorkFolders::deleteIfLeft);
        } catch (IOException | UncheckedIOException failure) {
            LOG.warnf("Folders of killed processes in %s cannot be cleared; check the disk", root);
        }
    }

    private static void deleteIfLeft(Path folder) {
        try {
            var left = ProcessFolder.take(folder);
            if (left.isPresent()) {
                left.get().close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @PreDestroy
    synchronized void stop() throws IOException {
        ProcessFolder known = own;
        own = null;
        if (known != null) {
            known.close();
        }
    }
}
