package dev.taxon.training.run;

import dev.taxon.training.Fixtures;
import dev.taxon.training.data.LabelledSet;
import dev.taxon.training.sampling.SamplingSettings;
import dev.taxon.training.sampling.SamplingSettings.BatchShape;
import dev.taxon.training.step.StepResult;
import dev.taxon.training.step.StepSettings;
import dev.taxon.training.step.TrainingBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Short runs of a fake model over two small sets, and what they told. */
final class TrainingRuns {
    static final int STEPS = 47;

    final List<TrainingEvent> events = new ArrayList<>();

    /** What the last {@link #stoppingAfter} asks. */
    StopSignal signal = new StopSignal();

    FakeModel stoppingAfter(int steps) {
        signal = new StopSignal();
        StopSignal asked = signal;
        return new FakeModel() {
            @Override
            public StepResult step(TrainingBatch batch, StepSettings settings) {
                if (settings.step() == steps) {
                    asked.request();
                }
                return super.step(batch, settings);
            }
        };
    }

    FullTraining training(FakeModel model, StopSignal stop) {
        return training(settings(STEPS, 7), data("digest of large"), model, stop);
    }

    FullTraining training(FullTrainingSettings settings, List<LabelledSet> data, FakeModel model, StopSignal stop) {
        return new FullTraining(settings, source(data), model, events::add, stop);
    }

    static TrainingSource source(List<LabelledSet> data) {
        return new TrainingSource(data, Fixtures.tokens(), Map.of("base", "fake"));
    }

    static List<LabelledSet> data(String digestOfLarge) {
        LabelledSet large = Fixtures.set("large", 80, 12);
        return List.of(new LabelledSet("large", large.examples(), digestOfLarge, true), Fixtures.set("small", 10, 3));
    }

    static FullTrainingSettings withExtent(Extent extent) {
        FullTrainingSettings some = settings(STEPS, 7);
        return new FullTrainingSettings(
                extent,
                some.rates(),
                some.update(),
                some.loss(),
                some.sampling(),
                some.export(),
                some.checkpointEvery());
    }

    /** Those of real runs. */
    static FullTrainingSettings defaults(Extent extent, long seed) {
        return new FullTrainingSettings(
                extent,
                FullTrainingSettings.Rates.defaults(),
                FullTrainingSettings.Update.defaults(),
                FullTrainingSettings.Loss.defaults(),
                SamplingSettings.defaults(seed),
                new FullTrainingSettings.Export("trained", 1),
                500);
    }

    static FullTrainingSettings settings(int steps, long seed) {
        SamplingSettings sampling = new SamplingSettings(
                seed, 0.5, Map.of(), Set.of(), new BatchShape(2, 200, 8, 64), SamplingSettings.LabelChoice.defaults());
        FullTrainingSettings defaults = defaults(new Extent.Steps(steps), seed);
        return new FullTrainingSettings(
                defaults.extent(),
                defaults.rates(),
                defaults.update(),
                defaults.loss(),
                sampling,
                defaults.export(),
                10);
    }
}
