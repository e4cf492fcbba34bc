package dev.taxon.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.training.run.FullTrainingSettings.Export;
import dev.taxon.training.run.FullTrainingSettings.Loss;
import dev.taxon.training.run.FullTrainingSettings.Rates;
import dev.taxon.training.run.FullTrainingSettings.Update;
import dev.taxon.training.run.RateSchedule.Decay;
import dev.taxon.training.sampling.SamplingSettings;
import dev.taxon.training.sampling.SamplingSettings.BatchShape;
import dev.taxon.training.sampling.SamplingSettings.LabelChoice;
import dev.taxon.training.step.StepSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FullTrainingSettingsTest {

    @Test
    void defaults() {
        FullTrainingSettings settings = TrainingRuns.defaults(new Extent.Rows(70_000), 3);
        assertThat(settings.rates()).isEqualTo(new Rates(3e-5, 1e-4, 0.06, Decay.LINEAR));
        assertThat(settings.update()).isEqualTo(new Update(0.01, 1.0));
        assertThat(settings.loss()).isEqualTo(new Loss(-1, 0, 1));
        assertThat(settings.sampling())
                .isEqualTo(new SamplingSettings(
                        3,
                        0.5,
                        Map.of(),
                        Set.of(),
                        new BatchShape(2, 1024, 32, 8192),
                        new LabelChoice(32, 48, 0.25, List.of(), 0)));
    }

    @Test
    void aStepUsesTheRatesTheScheduleGives() {
        FullTrainingSettings settings = TrainingRuns.defaults(new Extent.Steps(100), 3);
        StepSettings step = settings.at(3, new RateSchedule(100, 0.06, Decay.LINEAR));
        assertThat(step).isEqualTo(new StepSettings(3, 1.5e-5, 5e-5, 0.01, 1, -1, 0, 1));
    }

    @Test
    void aFocalAlphaOfZeroIsOffAsInTheReference() {
        assertThat(new Loss(0, 2, 1)).isEqualTo(new Loss(-1, 2, 1));
        assertThat(new Loss(-0.0, 2, 1).focalAlpha()).isEqualTo(-1);
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        refused("at least 1 row", () -> new Extent.Rows(0));
        refused("at least 1 step", () -> new Extent.Steps(0));
        refused("encoder's rate", () -> new Rates(Double.NaN, 1, 0, Decay.LINEAR));
        refused("heads' rate", () -> new Rates(1, -1, 0, Decay.LINEAR));
        refused("warm-up", () -> new Rates(1, 1, 1, Decay.LINEAR));
        refused("weight decay", () -> new Update(-0.1, 1));
        refused("gradient norm", () -> new Update(0.1, 0));
        refused("focal alpha", () -> new Loss(1.5, 0, 1));
        refused("focal gamma", () -> new Loss(0.5, -1, 1));
        refused("softmax weight", () -> new Loss(0.5, 0, -1));
        refused("trained weights' share", () -> new Export("model", 0));
        refused("trained weights' share", () -> new Export("model", 1.1));
        refused("model's name", () -> new Export(" ", 1));
        refused("model's name", () -> new Export("two\nlines", 1));
        refused("model's name", () -> new Export("x".repeat(201), 1));
        refused("sets per batch", () -> new BatchShape(0, 1024, 32, 8192));
        refused("token budget", () -> new BatchShape(2, 1, 32, 8192));
        refused("at most 65536", () -> new BatchShape(2, 65_537, 32, 8192));
        refused("rows of a batch", () -> new BatchShape(2, 1024, 1, 8192));
        refused("at most 512", () -> new BatchShape(2, 1024, 513, 8192));
        refused("at most 1000000", () -> new BatchShape(2, 1024, 32, 1_000_001));
        refused("rows of a round", () -> new BatchShape(2, 1024, 32, 31));
        refused("2 to 1000 labels", () -> new LabelChoice(1, 48, 0, List.of(), 0));
        refused("2 to 1000 labels", () -> new LabelChoice(1_001, 1_001, 0, List.of(), 0));
        refused("at most 10000", () -> new LabelChoice(32, 10_001, 0, List.of(), 0));
        refused("label pool", () -> new LabelChoice(32, 31, 0, List.of(), 0));
        refused("fewer labels", () -> new LabelChoice(32, 48, 1.1, List.of(), 0));
        refused("contains {label}", () -> new LabelChoice(32, 48, 0, List.of("about"), 0.5));
        refused("needs a template", () -> new LabelChoice(32, 48, 0, List.of(), 0.5));
        SamplingSettings good = SamplingSettings.defaults(1);
        refused("temperature", () -> new SamplingSettings(1, 2, Map.of(), Set.of(), good.batch(), good.labels()));
        refused(
                "weight of a",
                () -> new SamplingSettings(1, 1, Map.of("a", 0.0), Set.of(), good.batch(), good.labels()));
    }

    private static void refused(String message, ThrowingCallable making) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
