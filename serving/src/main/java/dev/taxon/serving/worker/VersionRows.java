package dev.taxon.serving.worker;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.dataset.DatasetVersions;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.training.data.ColumnNames;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSets;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of data set versions beside those that a job is about, in memory. Thread-safe. */
@Singleton
final class VersionRows {
    private final DatasetVersions datasets;

    VersionRows(DatasetVersions datasets) {
        this.datasets = datasets;
    }

    /**
     * All of them.
     *
     * @param name of the file in the task's folder, which is written for it
     * @throws ProblemException when they are gone
     */
    List<Example> read(Task task, @Nullable UUID dataset, String name) throws IOException {
        return found(task, dataset, name)
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.CONFLICT,
                        "The rows that the comparison takes, or that the former version learned from, are not there."));
    }

    /** As above; empty when they are gone. */
    Optional<List<Example>> found(Task task, @Nullable UUID dataset, String name) throws IOException {
        Path file = task.folder().resolve(name + ".jsonl");
        Runnable stop = () -> StoppedException.throwIf(task.heart());
        if (dataset == null || datasets.writeJsonl(task.tenant(), dataset, file, stop) == 0) {
            return Optional.empty();
        }
        return Optional.of(LabelledSets.read(file, ColumnNames.FOUND, stop).examples());
    }
}
