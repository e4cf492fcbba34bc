package dev.taxon.training.run;

import dev.taxon.training.sampling.BatchSampler;
import dev.taxon.training.step.StepSettings;

/** What each step of a run is to read and to use. */
record RunPlan(FullTrainingSettings settings, RateSchedule schedule, BatchSampler sampler) {

    static RunPlan of(FullTrainingSettings settings, TrainingSource source) {
        BatchSampler sampler = new BatchSampler(settings.sampling(), source.data(), source.tokens());
        RateSchedule schedule = new RateSchedule(
                steps(settings.extent(), sampler),
                settings.rates().warmupShare(),
                settings.rates().decay());
        return new RunPlan(settings, schedule, sampler);
    }

    private static int steps(Extent extent, BatchSampler sampler) {
        if (extent instanceof Extent.Rows rows) {
            return sampler.stepsFor(rows.rows());
        }
        return ((Extent.Steps) extent).steps();
    }

    int steps() {
        return schedule.steps();
    }

    StepSettings at(int step) {
        return settings.at(step, schedule);
    }

    /** True for a step after which a checkpoint is due. */
    boolean checkpointAfter(int step) {
        return step % settings.checkpointEvery() == 0 || step == steps();
    }
}
