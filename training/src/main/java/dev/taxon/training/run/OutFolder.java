package dev.taxon.training.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder a run writes to, held by one run at a time. */
public final class OutFolder implements AutoCloseable {
    private final Path root;
    private final FileChannel lock;

    private OutFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    public static OutFolder open(Path root) {
        try {
            Files.createDirectories(root);
            FileChannel channel =
                    FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return locked(root, channel);
        } catch (IOException e) {
            throw new TrainingException(
                    "The folder " + root + " cannot be written to; check that it is a folder of yours on a disk with"
                            + " room.",
                    e);
        }
    }

    private static OutFolder locked(Path root, FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return new OutFolder(root, channel);
            }
        } catch (OverlappingFileLockException heldHere) {
            // Held by a run of this very process: the same answer as for another one.
        }
        channel.close();
        throw new TrainingException("Another run is writing to " + root + "; stop it or choose another folder.");
    }

    CheckpointStore checkpoints() {
        return new CheckpointStore(root.resolve("checkpoints"));
    }

    CurveLog curve() {
        return new CurveLog(root.resolve("curve.jsonl"));
    }

    Path curvePage() {
        return root.resolve("curve.html");
    }

    Path model() {
        return root.resolve("model");
    }

    public Path path() {
        return root;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new TrainingException("The lock on " + root + " could not be released; check the disk.", e);
        }
    }
}
