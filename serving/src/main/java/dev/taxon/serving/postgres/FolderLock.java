package dev.taxon.serving.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes one process the only user of a folder. The operating system frees the lock when its holder dies in any way; the
 * note that a holder leaves beside it outlives an unclean end, and is removed by {@link #close()}.
 */
public final class FolderLock implements AutoCloseable {
    /**
     * Files locked by this process. POSIX drops a process's lock when it closes any descriptor of the file, so a second
     * look at a file that is already ours must not even open it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock in a file; empty when another process, or another part of this one, holds it. */
    public static Optional<FolderLock> tryTake(Path lockFile) throws IOException {
        Path file = lockFile.toAbsolutePath().normalize();
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        Optional<FolderLock> lock = Optional.empty();
        try {
            lock = tryOpen(file);
            return lock;
        } finally {
            if (lock.isEmpty()) {
                HELD.remove(file);
            }
        }
    }

    private static Optional<FolderLock> tryOpen(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
            return taken ? Optional.of(new FolderLock(file, channel)) : Optional.empty();
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /**
     * What the holder of a lock says about itself; empty when it has said nothing. Under a lock just taken: what a
     * holder left behind that did not end in order.
     */
    public static String noteBeside(Path lockFile) throws IOException {
        try {
            return Files.readString(note(lockFile)).strip();
        } catch (NoSuchFileException none) {
            return "";
        }
    }

    /** Tells others who holds the lock. */
    public void leaveNote(String text) throws IOException {
        Files.writeString(note(file), text + "\n");
    }

    /** Gives the lock back, also when the note cannot be removed. */
    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(note(file));
        } finally {
            HELD.remove(file);
        }
    }

    private static Path note(Path lockFile) {
        return lockFile.resolveSibling(lockFile.getFileName() + ".holder");
    }
}
