package dev.taxon.serving.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.core.Machines;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.torch.Precision;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.serving.adapter.AdapterReference;
import dev.taxon.serving.adapter.AdapterVersionInfo;
import dev.taxon.serving.adapter.AdapterVersions;
import dev.taxon.serving.adapter.StoredContent;
import dev.taxon.serving.adapter.StoredContents;
import dev.taxon.serving.model.BaseCheckpoint;
import dev.taxon.serving.model.BaseCheckpoints;
import dev.taxon.serving.queue.HeldJobs;
import dev.taxon.serving.queue.JobCheckpoints;
import dev.taxon.serving.queue.JobKind;
import dev.taxon.serving.queue.JobState.Evaluating;
import dev.taxon.serving.queue.JobState.Running;
import dev.taxon.serving.queue.JobState.Succeeded;
import dev.taxon.serving.queue.JobState.Validating;
import dev.taxon.training.adapter.AdapterJob;
import dev.taxon.training.adapter.AdapterResult;
import dev.taxon.training.adapter.AdapterTraining;
import dev.taxon.training.data.Example;
import dev.taxon.training.run.TrainingListener;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trains adapters, from examples or from rewards, and publishes what comes of it as a version. */
@Singleton
final class TrainingWork implements Work {
    private final HeldJobs held;
    private final JobCheckpoints checkpoints;
    private final TaskRows rows;
    private final FeedbackFile feedback;
    private final EarlierRows earlier;
    private final BaseCheckpoint base;
    private final AdapterVersions versions;
    private final StoredContents stored;
    private final Comparisons comparisons;
    private final Publisher publisher;

    TrainingWork(
            HeldJobs held,
            JobCheckpoints checkpoints,
            TaskRows rows,
            FeedbackFile feedback,
            EarlierRows earlier,
            BaseCheckpoints bases,
            AdapterVersions versions,
            StoredContents stored,
            Comparisons comparisons,
            Publisher publisher) {
        this.held = held;
        this.checkpoints = checkpoints;
        this.rows = rows;
        this.feedback = feedback;
        this.earlier = earlier;
        this.base = bases.current();
        this.versions = versions;
        this.stored = stored;
        this.comparisons = comparisons;
        this.publisher = publisher;
    }

    @Override
    public Optional<Succeeded> run(Task task, Validating state) throws IOException {
        Path out = Files.createDirectories(task.folder().resolve("job"));
        Path run = out.resolve("run");
        checkpoints.restore(task.attempt(), run);
        try (Checkpoint checkpoint = base.open()) {
            Materials materials = materials(task, run, checkpoint);
            AdapterJob job = job(task, materials);
            StoppedException.throwIf(task.heart());
            Running running = held.enter(task.attempt(), state.run());
            TrainingListener teller = new ProgressTeller(held, checkpoints, task.attempt(), run, System::nanoTime);
            Optional<AdapterResult> result = new AdapterTraining(
                            job,
                            checkpoint,
                            materials.precision(),
                            teller,
                            task.heart().signal())
                    .run(out, true);
            return result.isEmpty()
                    ? Optional.empty()
                    : Optional.of(publish(task, running.evaluate(), materials.successor(result.get())));
        } catch (StoppedException stopped) {
            return Optional.empty();
        }
    }

    private static AdapterJob job(Task task, Materials materials) {
        try {
            return task.job().kind() == JobKind.PPO ? PpoRecipe.job(materials) : LoraRecipe.job(materials);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalSettings(String.valueOf(wrong.getMessage()));
        }
    }

    private Materials materials(Task task, Path run, Checkpoint checkpoint) throws IOException {
        JobRequest request = task.request();
        Path file = rows.write(task);
        rows.validate(task, file, checkpoint);
        Precision own = Machines.forTraining();
        List<Example> examples = rows.examples(task, file);
        return new Materials(
                request,
                examples,
                Precision.valueOf(held.computeType(task.attempt(), own.name())),
                start(task, request),
                earlier.in(run, task, examples),
                Boolean.TRUE.equals(request.feedback()) ? Optional.of(feedback.in(run, task)) : Optional.empty(),
                facts(task, request));
    }

    private Optional<Adapter> start(Task task, JobRequest request) {
        return Optional.ofNullable(request.from()).map(from -> {
            AdapterVersionInfo version = versions.find(task.tenant(), AdapterReference.parse(from, "from"));
            return stored.read(
                    StoredContent.of(task.tenant(), version, base),
                    task.folder().resolve("start"));
        });
    }

    private Map<String, String> facts(Task task, JobRequest request) {
        return Map.of(
                "model content digest", base.digest(),
                "dataset", request.dataset() + "@" + request.version(),
                "dataset version", String.valueOf(task.job().datasetVersion()),
                "job", task.job().id().toString());
    }

    private Succeeded publish(Task task, Evaluating state, Successor trained) throws IOException {
        Evaluating evaluating = held.enter(task.attempt(), state);
        ObjectNode published = publisher.publish(task, trained, comparisons.of(task, trained));
        return evaluating.succeed(published);
    }
}
