package dev.taxon.training.run;

import dev.taxon.training.step.StepResult;
import dev.taxon.training.step.StepSettings;
import dev.taxon.training.step.TrainableModel;
import dev.taxon.training.step.TrainingBatch;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** The steps of a run, one after the other, with a checkpoint now and then. Used once, by one thread. */
final class TrainingLoop {
    private final RunPlan plan;
    private final TrainableModel model;
    private final Watch watch;
    private final CheckpointStore checkpoints;
    private final RunJournal journal;
    private final RunIdentity identity;
    private final Speedometer speed = new Speedometer();
    private RunProgress progress;
    private int checkpointed;

    TrainingLoop(
            RunPlan plan,
            TrainableModel model,
            Watch watch,
            OutFolder folder,
            RunIdentity identity,
            RunProgress progress) {
        this.plan = plan;
        this.model = model;
        this.watch = watch;
        this.checkpoints = folder.checkpoints();
        this.journal = new RunJournal(folder);
        this.identity = identity;
        this.progress = progress;
        this.checkpointed = progress.step();
    }

    RunProgress progress() {
        return progress;
    }

    /** Runs the steps that are left. Empty when all are done, otherwise where it was stopped. */
    Optional<TrainingEvent> run() {
        journal.startAfter(progress.step());
        while (progress.step() < plan.steps()) {
            if (watch.stop().requested()) {
                return Optional.of(stopHere());
            }
            step(progress.step() + 1);
            if (plan.checkpointAfter(progress.step())) {
                checkpoint();
            }
        }
        return Optional.empty();
    }

    private void step(int step) {
        double begun = watch.seconds();
        TrainingBatch batch = plan.sampler().batch(step);
        StepSettings stepSettings = plan.at(step);
        StepResult result = model.step(batch, stepSettings);
        requireFinite(step, result);
        double seconds = watch.seconds() - begun;
        int rows = batch.rows().size();
        progress = progress.after(rows, result.loss(), seconds);
        speed.add(seconds, rows, batch.tokens());
        journal.add(result, rows, progress, stepSettings.encoderRate());
        watch.tell(stepped(stepSettings.encoderRate()));
    }

    private TrainingEvent.Stepped stepped(double rate) {
        return new TrainingEvent.Stepped(
                progress.step(),
                plan.steps(),
                progress.rowsSeen(),
                progress.smoothedLoss(),
                speed.rowsPerSecond(),
                speed.tokensPerSecond(),
                speed.secondsFor(plan.steps() - progress.step()),
                rate);
    }

    private void requireFinite(int step, StepResult result) {
        if (Double.isFinite(result.loss()) && Double.isFinite(result.gradientNorm())) {
            return;
        }
        throw new TrainingException("Step " + step + " gave a loss of " + result.loss() + " and a gradient norm of "
                + result.gradientNorm() + "; its rows were "
                + plan.sampler().places(step).stream().collect(Collectors.joining(", "))
                + ". Try lower learning rates or a smaller gradient norm to clip at, or exclude the set at fault; "
                + (checkpointed == 0
                        ? "no checkpoint was written yet."
                        : "the last checkpoint is of step " + checkpointed + "."));
    }

    private TrainingEvent stopHere() {
        Path folder = checkpoint();
        TrainingEvent stopped = new TrainingEvent.Stopped(progress.step(), plan.steps(), folder);
        watch.tell(stopped);
        return stopped;
    }

    private Path checkpoint() {
        Path folder = checkpoints.write(model, progress, identity);
        checkpointed = progress.step();
        journal.flush(
                progress, progress.step() == 0 ? 0 : plan.at(progress.step()).encoderRate());
        watch.tell(new TrainingEvent.CheckpointWritten(progress.step(), folder));
        return folder;
    }
}
