package dev.taxon.cli.data;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.taxon.cli.console.CommandFailure;
import dev.taxon.serving.postgres.FolderLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A data folder in use by this process, and by no other until it is closed.
 *
 * @param path absolute
 * @param endedUncleanly true when the last process that used it was killed
 */
public record DataFolder(Path path, FolderLock lock, boolean endedUncleanly) implements AutoCloseable {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_READS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /**
     * Takes a data folder, creating it, closed to other users, when there is none.
     *
     * @param purpose what this process does, for others who want the folder: "http://127.0.0.1:8080"
     * @throws CommandFailure when another process has it; the message says which and where
     */
    public static DataFolder take(Path folder, String purpose) throws IOException {
        Optional<DataFolder> taken = tryTake(folder, purpose);
        if (taken.isPresent()) {
            return taken.get();
        }
        String holder = FolderLock.noteBeside(lockFile(folder.toAbsolutePath().normalize()));
        throw new CommandFailure("The data folder " + folder.toAbsolutePath().normalize() + " is in use by "
                + (holder.isEmpty() ? "another process" : holder)
                + ". Stop that first, or choose another folder with --data.");
    }

    /** As {@link #take}; empty when another process has it. */
    public static Optional<DataFolder> tryTake(Path folder, String purpose) throws IOException {
        Path path = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path, OWNER_ONLY);
        }
        Optional<FolderLock> lock = FolderLock.tryTake(lockFile(path));
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        boolean endedUncleanly = !FolderLock.noteBeside(lockFile(path)).isEmpty();
        lock.get().leaveNote("process " + ProcessHandle.current().pid() + (purpose.isEmpty() ? "" : " at " + purpose));
        return Optional.of(new DataFolder(path, lock.get(), endedUncleanly));
    }

    private static Path lockFile(Path path) {
        return path.resolve("lock");
    }

    /** Where the logs of all processes lie. */
    public Path logs() {
        return path.resolve("logs");
    }

    /** The first key, kept so that later starts can show it again. */
    public Optional<String> firstKey() throws IOException {
        return Files.exists(keyFile()) ? Optional.of(Files.readString(keyFile()).strip()) : Optional.empty();
    }

    /** Keeps the first key in a file that only its owner can read, from its first byte on. */
    public void keepFirstKey(String key) throws IOException {
        Path draft = path.resolve("key.new");
        Files.deleteIfExists(draft);
        try (FileChannel channel = FileChannel.open(draft, Set.of(CREATE_NEW, WRITE), OWNER_READS)) {
            ByteBuffer content = ByteBuffer.wrap((key + "\n").getBytes(StandardCharsets.UTF_8));
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(draft, keyFile(), StandardCopyOption.ATOMIC_MOVE);
        // A rename is durable only once the folder itself is on disk; the database knows the key already.
        try (FileChannel folder = FileChannel.open(path, READ)) {
            folder.force(true);
        }
    }

    private Path keyFile() {
        return path.resolve("key");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
