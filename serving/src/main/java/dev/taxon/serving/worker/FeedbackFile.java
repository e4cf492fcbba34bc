package dev.taxon.serving.worker;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.feedback.FeedbackRows;
import dev.taxon.serving.http.ProblemException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** What people said of an adapter's answers up to the moment that a job was asked for, as a file. Thread-safe. */
@Singleton
final class FeedbackFile {
    private final FeedbackRows rows;

    FeedbackFile(FeedbackRows rows) {
        this.rows = rows;
    }

    /**
     * The file in a run's folder: where an earlier attempt wrote it, it came back with the checkpoint, so that all attempts
     * learn from the same.
     */
    Path in(Path run, Task task) throws IOException {
        Path file = run.resolve("feedback.jsonl");
        if (!Files.exists(file)) {
            Files.createDirectories(run);
            // Outside the run's folder, so that what was cut short is never taken for whole.
            Path writing = task.folder().resolve("feedback.writing");
            write(task, writing);
            Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    private void write(Task task, Path file) {
        String adapter = Objects.requireNonNull(task.request().adapter(), "a job from feedback is of an adapter");
        if (rows.writeJsonl(task.tenant(), adapter, task.job().createdAt(), file) == 0) {
            throw new ProblemException(
                    ErrorCode.NOT_FOUND,
                    "There is no feedback on this adapter's answers. Send some first, or leave 'feedback' out.");
        }
    }
}
