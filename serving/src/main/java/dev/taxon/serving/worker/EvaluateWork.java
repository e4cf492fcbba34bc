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
import dev.taxon.training.calibration.Calibration;
import dev.taxon.training.calibration.ScoredRows;
import dev.taxon.training.evaluation.Evaluation;
import dev.taxon.training.evaluation.Judged;
import dev.taxon.training.evaluation.RecordingPredictor;
import dev.taxon.training.report.ReportJson;
import dev.taxon.training.report.TrainingReport;
import dev.taxon.training.statistics.Bootstrap;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        Path file = rows.write(task);
        Running running = held.enter(task.attempt(), state.run());
        try (Engine.Answerer answerer = engine.open(task, task.request().adapter())) {
            return Optional.of(running.succeed(result(task, file, answerer)));
        } catch (StoppedException stopped) {
            return Optional.empty();
        }
    }

    private ObjectNode result(Task task, Path file, Engine.Answerer answerer) {
        JobRequest request = task.request();
        RowProgress progress = new RowProgress(held, task, 0);
        List<Judged> judged = new ArrayList<>();
        RecordingPredictor predictor = new RecordingPredictor(answerer.predictor(), (row, number) -> {});
        Mode asked = request.mode() == null ? null : Modes.ofWire(request.mode());
        Mode used = new Evaluation(predictor, progress::done)
                .evaluate(file, asked, Long.MAX_VALUE, judged::add)
                .mode();
        if (predictor.rows().isEmpty()) {
            throw new ProblemException(ErrorCode.ROW_FAILED, "The model gave no finite scores for any of the rows.");
        }
        Calibration current = Calibration.of(used, answerer.settings());
        ObjectNode result = ReportJson.of(TrainingReport.ofEvaluation(
                judged, ScoredRows.of(used, predictor.rows()), current, List.of(), Bootstrap.withDefaults()));
        result.put("not_finite", predictor.notFinite())
                .put("dataset", request.dataset())
                .put("dataset_version", request.version());
        return request.adapter() == null ? result : result.put("adapter", request.adapter());
    }
}
