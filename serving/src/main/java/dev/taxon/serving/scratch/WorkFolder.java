package dev.taxon.serving.scratch;

import dev.taxon.training.run.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;

/** An empty folder, which is gone with all that is in it when this is closed. */
public record WorkFolder(Path path) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        DurableFiles.deleteTree(path);
    }
}
