package dev.taxon.training.run;

import dev.taxon.training.step.StatefulModel;
import dev.taxon.training.step.StepResult;
import java.nio.file.Path;
import java.util.Optional;

/** The steps of a run, one after the other, with a checkpoint now and then. Used once, by one thread. */
final class TrainingLoop {
    private final Curriculum curriculum;
    private final StatefulModel model;
    private final Watch watch;
    private final CheckpointStore checkpoints;
    private final RunJournal journal;
    private final RunIdentity identity;
    private final Speedometer speed = new Speedometer();
    private RunProgress progress;
    private int checkpointed;

    TrainingLoop(
            Curriculum curriculum,
            StatefulModel model,
            Watch watch,
            OutFolder folder,
            RunIdentity identity,
            RunProgress progress) {
        this.curriculum = curriculum;
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
        while (true) {
            curriculum.between(progress.step(), watch.stop());
            if (watch.stop().requested()) {
                return Optional.of(stopHere());
            }
            if (progress.step() >= curriculum.steps()) {
                return Optional.empty();
            }
            step(progress.step() + 1);
            if (curriculum.checkpointAfter(progress.step())) {
                checkpoint();
            }
        }
    }

    private void step(int step) {
        double begun = watch.seconds();
        Curriculum.Outcome outcome = curriculum.step(step);
        requireFinite(step, outcome.result());
        double seconds = watch.seconds() - begun;
        progress = progress.after(outcome.rows(), outcome.result().loss(), seconds);
        speed.add(seconds, outcome.rows(), outcome.tokens());
        journal.add(outcome.result(), outcome.rows(), progress, curriculum.rate(step));
        watch.tell(stepped(curriculum.rate(step)));
    }

    private TrainingEvent.Stepped stepped(double rate) {
        return new TrainingEvent.Stepped(
                progress.step(),
                curriculum.steps(),
                progress.rowsSeen(),
                progress.smoothedLoss(),
                speed.rowsPerSecond(),
                speed.tokensPerSecond(),
                speed.secondsFor(curriculum.steps() - progress.step()),
                rate);
    }

    private void requireFinite(int step, StepResult result) {
        if (Double.isFinite(result.loss()) && Double.isFinite(result.gradientNorm())) {
            return;
        }
        throw new TrainingException("Step " + step + " gave a loss of " + result.loss() + " and a gradient norm of "
                + result.gradientNorm() + "; its rows were " + String.join(", ", curriculum.places(step))
                + ". Try lower learning rates or a smaller gradient norm to clip at, or exclude the set at fault; "
                + (checkpointed == 0
                        ? "no checkpoint was written yet."
                        : "the last checkpoint is of step " + checkpointed + "."));
    }

    private TrainingEvent stopHere() {
        Path folder = checkpoint();
        TrainingEvent stopped = new TrainingEvent.Stopped(progress.step(), curriculum.steps(), folder);
        watch.tell(stopped);
        return stopped;
    }

    private Path checkpoint() {
        Path folder = checkpoints.write(model, progress, identity);
        checkpointed = progress.step();
        journal.flush(progress, progress.step() == 0 ? 0 : curriculum.rate(progress.step()));
        watch.tell(new TrainingEvent.CheckpointWritten(progress.step(), folder));
        return folder;
    }
}
