package dev.taxon.serving.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.core.Mode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.queue.HeldJobs;
import dev.taxon.serving.queue.JobState.Running;
import dev.taxon.serving.queue.JobState.Succeeded;
import dev.taxon.serving.queue.JobState.Validating;
import dev.taxon.training.evaluation.EvaluationListener;
import dev.taxon.training.evaluation.RowChoice;
import dev.taxon.training.report.ModelEvaluation;
import dev.taxon.training.report.ModelEvaluation.Asked;
import dev.taxon.training.report.ModelEvaluation.Evaluated;
import dev.taxon.training.report.ReportJson;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Judges an adapter, or the model as it is, on rows with true labels. */
@Singleton
final class EvaluateWork implements Work {
    private final HeldJobs held;
    private final TaskRows rows;
    private final Engine engine;

    EvaluateWork(HeldJobs held, TaskRows rows, Engine engine) {
        this.held = held;
        this.rows = rows;
        this.engine = engine;
    }

    @Override
    public Optional<Succeeded> run(Task task, Validating state) throws IOException {
        try {
            Path file = rows.write(task);
            Running running = held.enter(task.attempt(), state.run());
            try (Engine.Answerer answerer = engine.open(task, task.request().adapter())) {
                return Optional.of(running.succeed(result(task, file, answerer)));
            }
        } catch (StoppedException stopped) {
            return Optional.empty();
        }
    }

    private EvaluationListener watched(Task task) {
        RowProgress progress = new RowProgress(held, task, 0);
        return new EvaluationListener() {
            @Override
            public void counted(long rows) {
                StoppedException.throwIf(task.heart());
            }

            @Override
            public void evaluated(long rows, long total) {
                progress.done(rows, total);
            }
        };
    }

    private ObjectNode result(Task task, Path file, Engine.Answerer answerer) {
        JobRequest request = task.request();
        Mode asked = request.mode() == null ? null : Modes.ofWire(request.mode());
        Evaluated found = new ModelEvaluation(answerer.predictor(task.heart()), answerer.settings(), watched(task))
                .evaluate(new Asked(RowChoice.of(file, asked, Long.MAX_VALUE), false), task.folder())
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.ROW_FAILED, "The model gave no finite scores for any of the rows."));
        ObjectNode result = ReportJson.of(found.report());
        // None are looked for, as they quote texts: an empty list would say that there were none.
        result.remove("mistakes");
        result.put("rows_without_scores", found.notFinite())
                .put("dataset", request.dataset())
                .put("dataset_version", request.version());
        return request.adapter() == null ? result : result.put("adapter", request.adapter());
    }
}
