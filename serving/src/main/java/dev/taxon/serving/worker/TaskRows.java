package dev.taxon.serving.worker;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.dataset.DatasetVersions;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.training.data.ColumnNames;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSets;
import dev.taxon.training.data.validation.DataPart;
import dev.taxon.training.data.validation.DataValidation;
import dev.taxon.training.data.validation.Finding;
import dev.taxon.training.data.validation.Role;
import dev.taxon.training.data.validation.Severity;
import dev.taxon.training.data.validation.TokenLimits;
import dev.taxon.training.data.validation.ValidationListener;
import dev.taxon.training.data.validation.ValidationOptions;
import dev.taxon.training.data.validation.ValidationReport;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The rows of a job's dataset version as a file. What takes long is left by {@link StoppedException} once the task is to stop.
 * Thread-safe.
 */
@Singleton
final class TaskRows {
    private final DatasetVersions versions;

    TaskRows(DatasetVersions versions) {
        this.versions = versions;
    }

    /** Writes the rows into the task's folder. Throws {@link ProblemException} when they are gone. */
    Path write(Task task) throws IOException {
        return written(task).file();
    }

    /** The same rows, to be read one after the other; the caller closes them. */
    BulkRows stream(Task task) throws IOException {
        Written written = written(task);
        return BulkRows.of(written.file(), written.rows());
    }

    private record Written(Path file, long rows) {}

    private Written written(Task task) throws IOException {
        JobRequest request = task.request();
        Path file = Files.createDirectories(task.folder().resolve("rows"))
                .resolve(request.dataset() + "-" + request.version() + ".jsonl");
        UUID version = task.job().datasetVersion();
        if (version != null) {
            requireUsable(task.tenant(), version);
        }
        long rows = version == null
                ? 0
                : versions.writeJsonl(task.tenant(), version, file, () -> StoppedException.throwIf(task.heart()));
        if (rows == 0) {
            throw new ProblemException(Problem.of(
                    ErrorCode.NOT_FOUND,
                    "The dataset version has no rows any more. Upload the rows again and name their version."));
        }
        return new Written(file, rows);
    }

    /** A version that was on its way when the job was asked for may have been refused. */
    private void requireUsable(UUID tenant, UUID version) {
        versions.refusal(tenant, version).ifPresent(why -> {
            throw new ProblemException(
                    Problem.of(ErrorCode.CONFLICT, "The dataset version cannot be used: " + why.detail()));
        });
    }

    private static ValidationListener stopping(Task task) {
        return new ValidationListener() {
            @Override
            public void read(long rows) {
                StoppedException.throwIf(task.heart());
            }

            @Override
            public void validated(long rows, long total) {
                StoppedException.throwIf(task.heart());
            }
        };
    }

    /** All rows of a file, in memory. */
    List<Example> examples(Task task, Path file) {
        return LabelledSets.read(file, ColumnNames.FOUND, () -> StoppedException.throwIf(task.heart()))
                .examples();
    }

    /** Refuses rows that a model cannot be trained on, such as labels that do not fit it, as a problem for their owner. */
    void validate(Task task, Path file, Checkpoint model) {
        ValidationReport report;
        try (Tokenizer tokenizer = Tokenizer.of(model.tokenizerJson().get())) {
            TokenLimits limits = TokenLimits.ofModel(model.config(), tokenizer);
            report = DataValidation.of(
                    List.of(new DataPart(Role.TRAIN, file)),
                    ValidationOptions.defaults().withTokens(limits),
                    stopping(task));
        }
        if (!report.passed()) {
            throw new ProblemException(Problem.of(
                    ErrorCode.INVALID_REQUEST,
                    "The rows cannot be trained on: "
                            + report.findings(Severity.ERROR).stream()
                                    .map(Finding::message)
                                    .collect(Collectors.joining(" "))));
        }
    }
}
