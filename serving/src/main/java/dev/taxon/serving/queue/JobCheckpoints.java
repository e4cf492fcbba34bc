package dev.taxon.serving.queue;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files from which another attempt goes on, in the database, whole or not at all. Thread-safe. */
@Singleton
public final class JobCheckpoints {
    private final HeldJobs jobs;

    JobCheckpoints(HeldJobs jobs) {
        this.jobs = jobs;
    }

    /**
     * Stores a folder's files in place of those before. They must not change meanwhile.
     *
     * @param step how far the job is; a step beyond the last one stored means that this attempt bears fruit
     * @param wanted which of the files, by their paths within the folder
     * @throws StaleAttemptException when the job is no longer the attempt's
     */
    public void store(Attempt attempt, long step, Path folder, Predicate<Path> wanted) {
        List<Path> files = files(folder, wanted);
        jobs.write(attempt, connection -> {
            long checkpoint = CheckpointTable.next(connection, attempt.job());
            for (Path file : files) {
                store(connection, attempt.job(), checkpoint, folder, file);
            }
            CheckpointTable.complete(connection, attempt.job(), checkpoint, step);
            return checkpoint;
        });
    }

    private static List<Path> files(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> wanted.test(folder.relativize(file)))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void store(Connection connection, UUID job, long checkpoint, Path folder, Path file)
            throws SQLException {
        String name = folder.relativize(file).toString();
        try (InputStream content = Files.newInputStream(file)) {
            int position = 0;
            Chunk chunk = Chunk.next(content);
            // A file without content is a piece without content.
            do {
                CheckpointTable.add(connection, job, checkpoint, name, position, chunk);
                position++;
                chunk = Chunk.next(content);
            } while (!chunk.isEmpty());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Writes the files of the last checkpoint into an empty folder; nothing where there is none.
     *
     * @throws StaleAttemptException when the job is no longer the attempt's
     */
    public void restore(Attempt attempt, Path folder) {
        jobs.write(attempt, connection -> {
            List<CheckpointTable.PieceOfFile> pieces = CheckpointTable.pieces(connection, attempt.job());
            for (CheckpointTable.PieceOfFile piece : pieces) {
                append(folder.resolve(piece.file()), CheckpointTable.data(connection, attempt.job(), piece));
            }
            return pieces.size();
        });
    }

    private static void append(Path file, byte[] data) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (OutputStream content =
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                content.write(data);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
