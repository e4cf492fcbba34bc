package dev.taxon.training.supervised;

import dev.taxon.training.run.TrainingEvent;
import dev.taxon.training.run.TrainingEvent.CheckpointWritten;
import dev.taxon.training.run.TrainingEvent.Stepped;
import dev.taxon.training.run.TrainingListener;

/** Tells of the steps of a phase as steps of the whole job, as far as its length is known. Not thread-safe. */
final class PhaseEvents implements TrainingListener {
    private final TrainingListener listener;
    private final int stepsBefore;
    private final int stepsAfter;
    private double pace;

    PhaseEvents(TrainingListener listener, int stepsBefore, int stepsAfter) {
        this.listener = listener;
        this.stepsBefore = stepsBefore;
        this.stepsAfter = stepsAfter;
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof Stepped step) {
            int left = step.steps() - step.step();
            pace = left == 0 ? pace : step.secondsLeft() / left;
            listener.on(new Stepped(
                    stepsBefore + step.step(),
                    stepsBefore + step.steps() + stepsAfter,
                    step.rowsSeen(),
                    step.loss(),
                    step.examplesPerSecond(),
                    step.tokensPerSecond(),
                    step.secondsLeft() + pace * stepsAfter,
                    step.learningRate()));
        } else if (event instanceof CheckpointWritten written) {
            listener.on(new CheckpointWritten(stepsBefore + written.step(), written.folder()));
        } else {
            listener.on(event);
        }
    }
}
