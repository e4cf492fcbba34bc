package dev.taxon.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.Fixtures;
import dev.taxon.training.sampling.PromptTokens;
import dev.taxon.training.step.LateMixingTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealModelTrainingIT {
    private static final int STEPS = 20;

    @TempDir
    Path folder;

    @Test
    void learnsAndGoesOnToTheSameWeights() throws IOException {
        List<TrainingEvent> whole = run(folder.resolve("whole"), false, STEPS + 1);
        List<TrainingEvent> first = run(folder.resolve("parts"), false, 7);
        List<TrainingEvent> rest = run(folder.resolve("parts"), true, STEPS + 1);

        assertThat(first.get(first.size() - 1)).isInstanceOf(TrainingEvent.Stopped.class);
        assertThat(rest.get(0)).isEqualTo(new TrainingEvent.Started(7, STEPS, 1, 300));
        assertThat(Files.mismatch(model("whole"), model("parts"))).isEqualTo(-1);
        assertThat(Files.mismatch(state("whole"), state("parts"))).isEqualTo(-1);
        List<CurvePoint> curve = new CurveLog(folder.resolve("whole/curve.jsonl")).points();
        assertThat(curve.get(curve.size() - 1).loss())
                .isLessThan(0.8 * curve.get(0).loss());
        assertThat(whole).hasSizeGreaterThan(STEPS);
    }

    private Path model(String run) {
        return folder.resolve(run).resolve("model/model.safetensors");
    }

    private Path state(String run) {
        return folder.resolve(run).resolve("checkpoints/step-%08d/state.safetensors".formatted(STEPS));
    }

    private static List<TrainingEvent> run(Path out, boolean resume, int stopAfter) {
        List<TrainingEvent> events = new ArrayList<>();
        StopSignal stop = new StopSignal();
        try (Checkpoint base = TinyEncoder.checkpoint();
                LateMixingTrainer model = LateMixingTrainer.load(base, Precision.FP32, 5)) {
            FullTrainingSettings defaults = TrainingRuns.defaults(new Extent.Steps(STEPS), 5);
            FullTrainingSettings settings = new FullTrainingSettings(
                    defaults.extent(),
                    new FullTrainingSettings.Rates(3e-3, 1e-2, 0.1, RateSchedule.Decay.COSINE),
                    defaults.update(),
                    defaults.loss(),
                    defaults.sampling(),
                    defaults.export(),
                    12);
            TrainingListener listener = event -> {
                events.add(event);
                if (event instanceof TrainingEvent.Stepped stepped && stepped.step() == stopAfter) {
                    stop.request();
                }
            };
            TrainingSource source =
                    new TrainingSource(List.of(Fixtures.set("topics", 300, 6)), tokens(), Map.of("base", "tiny"));
            new FullTraining(settings, source, model, listener, stop).run(out, resume);
        }
        return events;
    }

    private static PromptTokens tokens() {
        return new PromptTokens(RealModelTrainingIT::words, Fixtures.START, Fixtures.END, 32, 8);
    }

    /** Ids of the small vocabulary, so that a label's own number stands in texts of its kind. */
    private static TokenIds words(String text) {
        return new TokenIds(Arrays.stream(text.split(" ", -1))
                .mapToInt(word -> 200 + Math.floorMod(word.hashCode(), TinyEncoder.VOCABULARY - 200))
                .toArray());
    }
}
