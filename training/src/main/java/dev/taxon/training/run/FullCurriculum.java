package dev.taxon.training.run;

import dev.taxon.training.step.TrainableModel;
import dev.taxon.training.step.TrainingBatch;
import java.util.List;

/** The steps of a whole model's training. */
record FullCurriculum(RunPlan plan, TrainableModel model) implements Curriculum {
    @Override
    public int steps() {
        return plan.steps();
    }

    @Override
    public void between(int done, StopSignal stop) {
        // Nothing is held out.
    }

    @Override
    public Outcome step(int step) {
        TrainingBatch batch = plan.sampler().batch(step);
        return new Outcome(model.step(batch, plan.at(step)), batch.rows().size(), batch.tokens());
    }

    @Override
    public double rate(int step) {
        return plan.at(step).encoderRate();
    }

    @Override
    public boolean checkpointAfter(int step) {
        return plan.checkpointAfter(step);
    }

    @Override
    public List<String> places(int step) {
        return plan.sampler().places(step);
    }
}
