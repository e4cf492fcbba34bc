package dev.taxon.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.training.Fixtures;
import dev.taxon.training.data.LabelledSet;
import dev.taxon.training.sampling.SamplingSettings;
import dev.taxon.training.sampling.SamplingSettings.BatchShape;
import dev.taxon.training.step.StepResult;
import dev.taxon.training.step.StepSettings;
import dev.taxon.training.step.TrainingBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullTrainingTest {
    private static final int STEPS = 47;

    @TempDir
    Path folder;

    private final List<TrainingEvent> events = new ArrayList<>();

    @Test
    void runsToTheEndAndLeavesModelCurveAndTwoCheckpoints() throws IOException {
        TrainingEvent end = training(new FakeModel(), new StopSignal()).run(folder, false);

        assertThat(end).isInstanceOf(TrainingEvent.Finished.class);
        assertThat(events.get(0)).isEqualTo(new TrainingEvent.Started(0, STEPS, 2, 90));
        assertThat(events).hasSize(1 + STEPS + 5 + 1);
        assertThat(folder.resolve("model/model.safetensors")).exists();
        assertThat(checkpoints()).containsExactly("step-00000040", "step-00000047");
        assertThat(folder.resolve("curve.html")).content().contains("<svg").doesNotContain("http");
        assertThat(new CurveLog(folder.resolve("curve.jsonl")).points())
                .extracting(CurvePoint::step)
                .containsExactly(10, 20, 30, 40, 47);
    }

    @Test
    void aStoppedRunThatGoesOnEndsWithTheSameWeights() throws IOException {
        FakeModel undisturbed = new FakeModel();
        training(undisturbed, new StopSignal()).run(folder.resolve("whole"), false);

        Path out = folder.resolve("broken");
        TrainingEvent stopped = training(stoppingAfter(13), signal).run(out, false);
        assertThat(stopped).isInstanceOf(TrainingEvent.Stopped.class);
        FakeModel resumed = new FakeModel();
        training(resumed, new StopSignal()).run(out, true);

        assertThat(resumed.stepsTaken).isEqualTo(STEPS - 13);
        assertThat(resumed.weights()).isEqualTo(undisturbed.weights());
        assertThat(new CurveLog(out.resolve("curve.jsonl")).points())
                .extracting(CurvePoint::step)
                .containsExactly(10, 13, 20, 30, 40, 47);
    }

    @Test
    void aKilledRunGoesOnFromItsLastCheckpointWithoutWritingThePointsTwice() throws IOException {
        FakeModel undisturbed = new FakeModel();
        training(undisturbed, new StopSignal()).run(folder.resolve("whole"), false);

        Path out = folder.resolve("killed");
        FakeModel dying = new FakeModel() {
            @Override
            public StepResult step(TrainingBatch batch, StepSettings settings) {
                if (settings.step() == 29) {
                    throw new IllegalStateException("killed");
                }
                return super.step(batch, settings);
            }
        };
        assertThatThrownBy(() -> training(dying, new StopSignal()).run(out, false))
                .hasMessage("killed");
        Files.createDirectories(out.resolve("checkpoints/.writing"));
        Files.writeString(out.resolve("checkpoints/.writing/state.safetensors"), "half a sta");
        Files.writeString(
                out.resolve("curve.jsonl"),
                Files.readString(out.resolve("curve.jsonl")) + "{\"step\": 3",
                StandardCharsets.UTF_8);
        FakeModel resumed = new FakeModel();
        training(resumed, new StopSignal()).run(out, true);

        assertThat(resumed.stepsTaken).isEqualTo(STEPS - 20);
        assertThat(resumed.weights()).isEqualTo(undisturbed.weights());
        assertThat(curveWithoutTimes(out)).isEqualTo(curveWithoutTimes(folder.resolve("whole")));
    }

    @Test
    void goingOnWithAFinishedRunOnlyWritesTheModelAgain() {
        training(new FakeModel(), new StopSignal()).run(folder, false);
        FakeModel again = new FakeModel();
        TrainingEvent end = training(again, new StopSignal()).run(folder, true);

        assertThat(again.stepsTaken).isZero();
        assertThat(end).isInstanceOf(TrainingEvent.Finished.class);
        assertThat(folder.resolve("model/model.safetensors")).exists();
    }

    @Test
    void resumingWhereNothingIsStartsFromTheBeginning() {
        TrainingEvent end = training(new FakeModel(), new StopSignal()).run(folder, true);
        assertThat(end).isInstanceOf(TrainingEvent.Finished.class);
    }

    @Test
    void anAskBeforeTheFirstStepStillLeavesACheckpointToGoOnFrom() {
        StopSignal now = new StopSignal();
        now.request();
        TrainingEvent.Stopped stopped =
                (TrainingEvent.Stopped) training(new FakeModel(), now).run(folder, false);
        assertThat(stopped.step()).isZero();
        assertThat(stopped.howToResume()).contains("--resume").contains("step 0 of 47");
        assertThat(training(new FakeModel(), now).run(folder, true)).isEqualTo(stopped);
        assertThat(training(new FakeModel(), new StopSignal()).run(folder, true))
                .isInstanceOf(TrainingEvent.Finished.class);
    }

    @Test
    void aRunIsNeverStartedOverAnother() {
        training(new FakeModel(), new StopSignal()).run(folder, false);
        assertThatThrownBy(() -> training(new FakeModel(), new StopSignal()).run(folder, false))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("step 47")
                .hasMessageContaining("--resume");
    }

    @Test
    void refusesToGoOnWithAnotherSeedAndNamesIt() {
        training(stoppingAfter(5), signal).run(folder, false);
        FullTraining other = training(settings(STEPS, 8), data("digest of large"), new FakeModel(), new StopSignal());
        assertThatThrownBy(() -> other.run(folder, true))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("seed was 7 and is now 8");
    }

    @Test
    void refusesToGoOnWithOtherDataAndNamesIt() {
        training(stoppingAfter(5), signal).run(folder, false);
        FullTraining other = training(settings(STEPS, 7), data("another digest"), new FakeModel(), new StopSignal());
        assertThatThrownBy(() -> other.run(folder, true))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("data large was digest of large and is now another digest");
    }

    @Test
    void aLossThatIsNotFiniteEndsTheRunAndSaysWhereAndWhatToTry() {
        FakeModel exploding = new FakeModel() {
            @Override
            public StepResult step(TrainingBatch batch, StepSettings settings) {
                return settings.step() == 12 ? new StepResult(Double.NaN, 1, 0) : super.step(batch, settings);
            }
        };
        assertThatThrownBy(() -> training(exploding, new StopSignal()).run(folder, false))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("Step 12")
                .hasMessageContaining("NaN")
                .hasMessageContaining("large row ")
                .hasMessageContaining("lower learning rates")
                .hasMessageContaining("step 10");
    }

    @Test
    void aFailingDiskLeavesTheCheckpointBeforeUsable() {
        FakeModel fullDisk = new FakeModel() {
            @Override
            public void saveState(Path file) {
                if (stepsTaken > 10) {
                    super.saveState(file);
                    throw new UncheckedIOException(new IOException("No space left on device"));
                }
                super.saveState(file);
            }
        };
        assertThatThrownBy(() -> training(fullDisk, new StopSignal()).run(folder, false))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("step 20")
                .hasMessageContaining("step-00000010, is unharmed")
                .hasMessageContaining("--resume");
        FakeModel resumed = new FakeModel();
        training(resumed, new StopSignal()).run(folder, true);
        assertThat(resumed.stepsTaken).isEqualTo(STEPS - 10);
    }

    @Test
    void twoRunsNeverShareAFolder() {
        try (OutFolder held = OutFolder.open(folder)) {
            assertThat(held.path()).isEqualTo(folder);
            assertThatThrownBy(() -> training(new FakeModel(), new StopSignal()).run(folder, false))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("Another run");
        }
    }

    @Test
    void aDamagedCheckpointIsNamed() throws IOException {
        training(stoppingAfter(5), signal).run(folder, false);
        Files.writeString(folder.resolve("checkpoints/step-00000005/progress.json"), "{\"step\": 5");
        assertThatThrownBy(() -> training(new FakeModel(), new StopSignal()).run(folder, true))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("step-00000005")
                .hasMessageContaining("damaged");
    }

    @Test
    void rowsToSeeBecomeSteps() {
        FullTraining training =
                training(withExtent(new Extent.Rows(500)), data("digest of large"), new FakeModel(), new StopSignal());
        TrainingEvent.Finished end = (TrainingEvent.Finished) training.run(folder, false);
        assertThat(end.rowsSeen()).isBetween(500L, 508L);
    }

    @Test
    void progressSaysHowFastAndHowLong() {
        long[] now = {0};
        FullTraining training = new FullTraining(
                settings(STEPS, 7),
                source(data("digest of large")),
                new FakeModel(),
                events::add,
                new StopSignal(),
                () -> now[0] += 500_000_000L);
        training.run(folder, false);
        TrainingEvent.Stepped third = (TrainingEvent.Stepped) events.get(3);
        assertThat(third.step()).isEqualTo(3);
        assertThat(third.secondsLeft()).isCloseTo((STEPS - 3) * 0.5, within());
        assertThat(third.examplesPerSecond()).isBetween(2.0, 16.0);
        assertThat(third.learningRate()).isGreaterThan(0);
        TrainingEvent.Finished end = (TrainingEvent.Finished) events.get(events.size() - 1);
        assertThat(end.seconds()).isCloseTo(STEPS * 0.5, within());
    }

    private StopSignal signal = new StopSignal();

    private FakeModel stoppingAfter(int steps) {
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

    private FullTraining training(FakeModel model, StopSignal stop) {
        return training(settings(STEPS, 7), data("digest of large"), model, stop);
    }

    private FullTraining training(
            FullTrainingSettings settings, List<LabelledSet> data, FakeModel model, StopSignal stop) {
        return new FullTraining(settings, source(data), model, events::add, stop);
    }

    private static TrainingSource source(List<LabelledSet> data) {
        return new TrainingSource(data, Fixtures.tokens(), Map.of("base", "fake"));
    }

    private static List<LabelledSet> data(String digestOfLarge) {
        LabelledSet large = Fixtures.set("large", 80, 12);
        return List.of(new LabelledSet("large", large.examples(), digestOfLarge, true), Fixtures.set("small", 10, 3));
    }

    private static FullTrainingSettings withExtent(Extent extent) {
        FullTrainingSettings some = settings(STEPS, 7);
        return new FullTrainingSettings(
                extent, some.rates(), some.update(), some.loss(), some.sampling(), 1, some.checkpointEvery());
    }

    private static FullTrainingSettings settings(int steps, long seed) {
        SamplingSettings sampling = new SamplingSettings(
                seed, 0.5, Map.of(), Set.of(), new BatchShape(2, 200, 8, 64), SamplingSettings.LabelChoice.defaults());
        FullTrainingSettings defaults = FullTrainingSettings.defaults(new Extent.Steps(steps), seed);
        return new FullTrainingSettings(
                defaults.extent(), defaults.rates(), defaults.update(), defaults.loss(), sampling, 1, 10);
    }

    private List<String> checkpoints() throws IOException {
        try (Stream<Path> folders = Files.list(folder.resolve("checkpoints"))) {
            return folders.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static List<List<Number>> curveWithoutTimes(Path out) throws IOException {
        return new CurveLog(out.resolve("curve.jsonl"))
                .points().stream()
                        .<List<Number>>map(point -> List.of(
                                point.step(),
                                point.rows(),
                                point.loss(),
                                point.smoothed(),
                                point.correct(),
                                point.rate()))
                        .toList();
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-9);
    }
}
