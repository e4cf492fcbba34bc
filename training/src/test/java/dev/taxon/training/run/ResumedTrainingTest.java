package dev.taxon.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.training.step.StepResult;
import dev.taxon.training.step.StepSettings;
import dev.taxon.training.step.TrainingBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was stopped or killed, and goes on. */
class ResumedTrainingTest {
    @TempDir
    Path folder;

    private final TrainingRuns runs = new TrainingRuns();

    @Test
    void aStoppedRunThatGoesOnEndsWithTheSameWeights() throws IOException {
        FakeModel undisturbed = new FakeModel();
        runs.training(undisturbed, new StopSignal()).run(folder.resolve("whole"), false);

        Path out = folder.resolve("broken");
        TrainingEvent stopped =
                runs.training(runs.stoppingAfter(13), runs.signal).run(out, false);
        assertThat(stopped).isInstanceOf(TrainingEvent.Stopped.class);
        FakeModel resumed = new FakeModel();
        runs.training(resumed, new StopSignal()).run(out, true);

        assertThat(resumed.stepsTaken).isEqualTo(TrainingRuns.STEPS - 13);
        assertThat(resumed.weights()).isEqualTo(undisturbed.weights());
        assertThat(new CurveLog(out.resolve("curve.jsonl")).points())
                .extracting(CurvePoint::step)
                .containsExactly(10, 13, 20, 30, 40, 47);
    }

    @Test
    void aKilledRunGoesOnFromItsLastCheckpointWithoutWritingThePointsTwice() throws IOException {
        FakeModel undisturbed = new FakeModel();
        runs.training(undisturbed, new StopSignal()).run(folder.resolve("whole"), false);

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
        assertThatThrownBy(() -> runs.training(dying, new StopSignal()).run(out, false))
                .hasMessage("killed");
        Files.createDirectories(out.resolve("checkpoints/.writing"));
        Files.writeString(out.resolve("checkpoints/.writing/state.safetensors"), "half a sta");
        Files.writeString(
                out.resolve("curve.jsonl"),
                Files.readString(out.resolve("curve.jsonl")) + "{\"step\": 3",
                StandardCharsets.UTF_8);
        FakeModel resumed = new FakeModel();
        runs.training(resumed, new StopSignal()).run(out, true);

        assertThat(resumed.stepsTaken).isEqualTo(TrainingRuns.STEPS - 20);
        assertThat(resumed.weights()).isEqualTo(undisturbed.weights());
        assertThat(curveWithoutTimes(out)).isEqualTo(curveWithoutTimes(folder.resolve("whole")));
    }

    @Test
    void aRunWhoseLastCheckpointIsDamagedGoesOnFromTheOneBeforeItAndSaysSo() throws IOException {
        FakeModel undisturbed = new FakeModel();
        runs.training(undisturbed, new StopSignal()).run(folder.resolve("whole"), false);

        Path out = folder.resolve("damaged");
        runs.training(runs.stoppingAfter(25), runs.signal).run(out, false);
        Path last = out.resolve("checkpoints/step-00000025");
        Files.writeString(last.resolve("progress.json"), "{\"step\": 25");
        runs.events.clear();
        FakeModel resumed = new FakeModel();
        runs.training(resumed, new StopSignal()).run(out, true);

        assertThat(resumed.stepsTaken).isEqualTo(TrainingRuns.STEPS - 20);
        assertThat(resumed.weights()).isEqualTo(undisturbed.weights());
        assertThat(runs.events)
                .filteredOn(TrainingEvent.Warned.class::isInstance)
                .singleElement()
                .satisfies(warning ->
                        assertThat(((TrainingEvent.Warned) warning).name()).isEqualTo("damaged_checkpoint"))
                .satisfies(warning ->
                        assertThat(((TrainingEvent.Warned) warning).message()).contains(last.toString()));
        assertThat(last).doesNotExist();
    }

    @Test
    void goingOnWithAFinishedRunOnlyWritesTheModelAgain() {
        runs.training(new FakeModel(), new StopSignal()).run(folder, false);
        FakeModel again = new FakeModel();
        TrainingEvent end = runs.training(again, new StopSignal()).run(folder, true);

        assertThat(again.stepsTaken).isZero();
        assertThat(end).isInstanceOf(TrainingEvent.Finished.class);
        assertThat(folder.resolve("model/model.safetensors")).exists();
    }

    @Test
    void resumingWhereNothingIsStartsFromTheBeginning() {
        TrainingEvent end = runs.training(new FakeModel(), new StopSignal()).run(folder, true);
        assertThat(end).isInstanceOf(TrainingEvent.Finished.class);
    }

    @Test
    void anAskBeforeTheFirstStepStillLeavesACheckpointToGoOnFrom() {
        StopSignal now = new StopSignal();
        now.request();
        TrainingEvent.Stopped stopped =
                (TrainingEvent.Stopped) runs.training(new FakeModel(), now).run(folder, false);
        assertThat(stopped.step()).isZero();
        assertThat(stopped.howToResume()).contains("--resume").contains("step 0 of 47");
        assertThat(runs.training(new FakeModel(), now).run(folder, true)).isEqualTo(stopped);
        assertThat(runs.training(new FakeModel(), new StopSignal()).run(folder, true))
                .isInstanceOf(TrainingEvent.Finished.class);
    }

    @Test
    void refusesToGoOnWithAnotherSeedAndNamesIt() {
        runs.training(runs.stoppingAfter(5), runs.signal).run(folder, false);
        FullTraining other = runs.training(
                TrainingRuns.settings(TrainingRuns.STEPS, 8),
                TrainingRuns.data("digest of large"),
                new FakeModel(),
                new StopSignal());
        assertThatThrownBy(() -> other.run(folder, true))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("seed was 7 and is now 8");
    }

    @Test
    void refusesToGoOnWithOtherDataAndNamesIt() {
        runs.training(runs.stoppingAfter(5), runs.signal).run(folder, false);
        FullTraining other = runs.training(
                TrainingRuns.settings(TrainingRuns.STEPS, 7),
                TrainingRuns.data("another digest"),
                new FakeModel(),
                new StopSignal());
        assertThatThrownBy(() -> other.run(folder, true))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("data large was digest of large and is now another digest");
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
}
