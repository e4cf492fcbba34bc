package dev.taxon.serving.worker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.core.Classification;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.serving.queue.HeldJobs;
import dev.taxon.serving.queue.JobResults;
import dev.taxon.serving.queue.JobState.Running;
import dev.taxon.serving.queue.JobState.Succeeded;
import dev.taxon.serving.queue.JobState.Validating;
import dev.taxon.serving.usage.UsageCounter;
import dev.taxon.training.data.Example;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Classifies many texts; another attempt goes on after the lines that are there. */
@Singleton
final class ClassifyWork implements Work {
    private static final int ROWS_A_PIECE = 256;

    private final HeldJobs held;
    private final JobResults results;
    private final TaskRows rows;
    private final Engine engine;
    private final UsageCounter usage;

    ClassifyWork(HeldJobs held, JobResults results, TaskRows rows, Engine engine, UsageCounter usage) {
        this.held = held;
        this.results = results;
        this.rows = rows;
        this.engine = engine;
        this.usage = usage;
    }

    @Override
    public Optional<Succeeded> run(Task task, Validating state) throws IOException {
        JobRequest request = task.request();
        // Before the rows are read: what is erased after that is among them.
        boolean anew = results.beginAnewAfterErasures(task.attempt());
        try (BulkRows texts = request.texts() == null ? rows.stream(task) : BulkRows.of(request.texts())) {
            Running running = held.enter(task.attempt(), state.run());
            long done = classify(task, request, texts, anew ? 0 : reached(task));
            return Optional.of(
                    running.succeed(JsonNodeFactory.instance.objectNode().put("rows", done)));
        } catch (StoppedException stopped) {
            return Optional.empty();
        }
    }

    private static long reached(Task task) {
        Long reached = task.job().checkpointStep();
        return reached == null ? 0 : reached;
    }

    private long classify(Task task, JobRequest request, BulkRows texts, long before) {
        long done = before;
        texts.skip(done);
        RowProgress progress = new RowProgress(held, task, done);
        try (Engine.Answerer answerer = engine.open(task, request.adapter())) {
            BulkInputs inputs = BulkInputs.of(request, answerer.adapter());
            for (List<Example> piece = texts.next(ROWS_A_PIECE); !piece.isEmpty(); piece = texts.next(ROWS_A_PIECE)) {
                List<Classification> classified = answerer.classifier()
                        .classify(
                                piece.stream().map(inputs::input).toList(),
                                () -> StoppedException.throwIf(task.heart()));
                byte[] lines = ResultLines.of(classified, done, request.adapter());
                done += piece.size();
                results.append(task.attempt(), lines, done);
                count(task, classified);
                progress.done(done, texts.total());
            }
        }
        return done;
    }

    private void count(Task task, List<Classification> classified) {
        usage.countTexts(
                task.attempt().tenant(),
                classified.size(),
                classified.stream().mapToLong(Classification::tokens).sum());
    }
}
