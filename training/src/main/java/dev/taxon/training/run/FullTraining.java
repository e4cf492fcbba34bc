package dev.taxon.training.run;

import dev.taxon.training.DiskFault;
import dev.taxon.training.step.TrainableModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Supervised training of a whole model, from its first step or its last checkpoint to the exported model.
 *
 * <p>A run that was stopped, killed or failed and goes on ends with the same weights as one that never was. It writes
 * into its folder: {@code checkpoints/}, {@code curve.jsonl}, {@code curve.html} and at the end {@code model/}. Used by
 * one thread; the model stays the caller's to close.
 */
public final class FullTraining {
    private final FullTrainingSettings settings;
    private final TrainingSource source;
    private final RunPlan plan;
    private final TrainableModel model;
    private final Watch watch;

    /** Plans the run, for which all texts that it will see may have to be read. */
    public FullTraining(
            FullTrainingSettings settings,
            TrainingSource source,
            TrainableModel model,
            TrainingListener listener,
            StopSignal stop) {
        this(settings, source, model, listener, stop, System::nanoTime);
    }

    FullTraining(
            FullTrainingSettings settings,
            TrainingSource source,
            TrainableModel model,
            TrainingListener listener,
            StopSignal stop,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.source = source;
        this.plan = RunPlan.of(settings, source);
        this.model = model;
        this.watch = new Watch(listener, stop, nanoTime);
    }

    /**
     * Runs to the end or until asked to stop.
     *
     * @param out the run's folder; made when there is none, held by one run at a time
     * @param resume go on from the last checkpoint in {@code out}, from the start when there is none
     * @return {@link TrainingEvent.Finished} or {@link TrainingEvent.Stopped}, as the listener was told
     * @throws TrainingException when settings or data differ from the checkpoint's, a loss is not finite, or the disk
     *     fails; the last checkpoint stays usable
     */
    public TrainingEvent run(Path out, boolean resume) {
        try (OutFolder folder = OutFolder.open(out)) {
            RunIdentity identity = RunIdentity.of(settings, source.model(), source.data());
            RunProgress progress = Resumption.from(folder, identity, model, resume, watch.listener());
            watch.tell(new TrainingEvent.Started(
                    progress.step(), plan.steps(), source.data().size(), source.rows()));
            TrainingLoop loop =
                    new TrainingLoop(new FullCurriculum(plan, model), model, watch, folder, identity, progress);
            Optional<TrainingEvent> stopped = loop.run();
            return stopped.isPresent() ? stopped.get() : finish(folder, loop.progress());
        }
    }

    private TrainingEvent finish(OutFolder folder, RunProgress progress) {
        Path target = folder.model();
        Path writing = target.resolveSibling(".model.writing");
        try {
            DurableFiles.deleteTree(writing);
            Files.createDirectories(writing);
            model.export(writing, settings.export().name(), settings.export().trainedShare());
            DurableFiles.deleteTree(target);
            DurableFiles.publish(writing, target);
        } catch (IOException | RuntimeException e) {
            throw new TrainingException(
                    "All steps are done and checkpointed, but the model could not be written to " + target + " ("
                            + DiskFault.reason(e) + "); make room on the disk, then run again with --resume.",
                    e);
        }
        TrainingEvent finished = new TrainingEvent.Finished(
                progress.step(), progress.rowsSeen(), progress.smoothedLoss(), progress.seconds(), target);
        watch.tell(finished);
        return finished;
    }
}
