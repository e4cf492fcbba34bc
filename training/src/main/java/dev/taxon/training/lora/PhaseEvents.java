package dev.taxon.training.lora;

import dev.taxon.training.run.TrainingEvent;
import dev.taxon.training.run.TrainingEvent.Stepped;
import dev.taxon.training.run.TrainingListener;

/** Tells of the steps of a phase as steps of the whole job, as far as its length is known. */
record PhaseEvents(TrainingListener listener, int stepsBefore, int stepsAfter) implements TrainingListener {
    @Override
    public void on(TrainingEvent event) {
        if (event instanceof Stepped step) {
            int left = step.steps() - step.step();
            double pace = left == 0 ? 0 : step.secondsLeft() / left;
            listener.on(new Stepped(
                    stepsBefore + step.step(),
                    stepsBefore + step.steps() + stepsAfter,
                    step.rowsSeen(),
                    step.loss(),
                    step.examplesPerSecond(),
                    step.tokensPerSecond(),
                    step.secondsLeft() + pace * stepsAfter,
                    step.learningRate()));
        } else {
            listener.on(event);
        }
    }
}
