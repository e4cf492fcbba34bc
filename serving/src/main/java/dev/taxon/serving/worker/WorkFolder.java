package dev.taxon.serving.worker;

import dev.taxon.serving.postgres.FolderLock;
import dev.taxon.training.run.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A folder of one attempt at a job, deleted when that is over.
 *
 * @param lock shows others that somebody is at it
 */
record WorkFolder(Path root, FolderLock lock) implements AutoCloseable {

    static Path lockFile(Path root) {
        return root.resolve("lock");
    }

    /** Where the attempt may write. */
    Path path() {
        return root.resolve("work");
    }

    @Override
    public void close() throws IOException {
        DurableFiles.deleteTree(path());
        lock.close();
        DurableFiles.deleteTree(root);
    }
}
