package dev.taxon.serving.worker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.core.CandidateLabel;
import dev.taxon.core.CandidateLabels;
import dev.taxon.core.Classification;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.LabelSet;
import dev.taxon.serving.queue.HeldJobs;
import dev.taxon.serving.queue.JobResults;
import dev.taxon.serving.queue.JobState.Running;
import dev.taxon.serving.queue.JobState.Succeeded;
import dev.taxon.serving.queue.JobState.Validating;
import dev.taxon.serving.usage.UsageCounter;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSets;
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
        List<Example> texts = texts(task);
        Running running = held.enter(task.attempt(), state.run());
        try (Classifier classifier = engine.open()) {
            Optional<Adapter> adapter = engine.adapter(task, task.request().adapter(), classifier);
            classify(task, texts, classifier, adapter);
            return Optional.of(
                    running.succeed(JsonNodeFactory.instance.objectNode().put("rows", texts.size())));
        } catch (StoppedException stopped) {
            return Optional.empty();
        }
    }

    private List<Example> texts(Task task) throws IOException {
        List<String> own = task.request().texts();
        return own == null
                ? LabelledSets.read(rows.write(task)).examples()
                : own.stream()
                        .map(text -> new Example(text, List.of(), List.of()))
                        .toList();
    }

    private void classify(Task task, List<Example> texts, Classifier classifier, Optional<Adapter> adapter) {
        Long reached = task.job().checkpointStep();
        int done = reached == null ? 0 : reached.intValue();
        RowProgress progress = new RowProgress(held, task, done);
        while (done < texts.size()) {
            progress.done(done, texts.size());
            List<Example> piece = texts.subList(done, Math.min(done + ROWS_A_PIECE, texts.size()));
            List<ClassificationInput> inputs = piece.stream()
                    .map(row -> input(task.request(), row, adapter))
                    .toList();
            List<Classification> classified = classifier.classify(inputs);
            byte[] lines = ResultLines.of(classified, done, task.request().adapter());
            done += piece.size();
            results.append(task.attempt(), lines, done);
            usage.countTexts(
                    task.attempt().tenant(),
                    classified.size(),
                    classified.stream().mapToLong(Classification::tokens).sum());
        }
        progress.done(done, texts.size());
    }

    private static ClassificationInput input(JobRequest request, Example row, Optional<Adapter> adapter) {
        AdapterSettings settings = adapter.map(Adapter::settings).orElse(AdapterSettings.NONE);
        Mode mode = request.mode() == null ? settings.mode().orElse(Mode.SINGLE_LABEL) : Modes.ofWire(request.mode());
        ClassificationInput input = new ClassificationInput(
                row.text(), labels(request.labels(), settings, row), mode, null, OnLong.TRUNCATE, null);
        return adapter.map(found -> input.withAdapter(found.reference())).orElse(input);
    }

    /** What was asked for, or else the adapter's own, or else what the dataset offers its row. */
    private static CandidateLabels labels(
            @org.jspecify.annotations.Nullable LabelSet asked, AdapterSettings settings, Example row) {
        if (asked != null) {
            return CandidateLabels.of(asked.flatten().stream()
                    .map(label -> new CandidateLabel(label.name(), label.description(), label.threshold()))
                    .toList());
        }
        if (!settings.labels().isEmpty()) {
            return CandidateLabels.of(settings.labels());
        }
        if (row.allLabels().isEmpty()) {
            throw new IllegalSettings(
                    "Neither the request nor the adapter has labels. Send the labels to choose from.");
        }
        return CandidateLabels.named(row.allLabels());
    }
}
