package dev.taxon.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullTrainingTest {
    @TempDir
    Path folder;

    private final TrainingRuns runs = new TrainingRuns();

    @Test
    void runsToTheEndAndLeavesModelCurveAndTwoCheckpoints() throws IOException {
        TrainingEvent end = runs.training(new FakeModel(), new StopSignal()).run(folder, false);

        assertThat(end).isInstanceOf(TrainingEvent.Finished.class);
        assertThat(runs.events.get(0)).isEqualTo(new TrainingEvent.Started(0, TrainingRuns.STEPS, 2, 90));
        assertThat(runs.events).hasSize(1 + TrainingRuns.STEPS + 5 + 1);
        assertThat(folder.resolve("model/model.safetensors")).exists();
        assertThat(checkpoints()).containsExactly("step-00000040", "step-00000047");
        assertThat(folder.resolve("curve.html")).content().contains("<svg").doesNotContain("http");
        assertThat(new CurveLog(folder.resolve("curve.jsonl")).points())
                .extracting(CurvePoint::step)
                .containsExactly(10, 20, 30, 40, 47);
    }

    @Test
    void rowsToSeeBecomeSteps() {
        FullTraining training = runs.training(
                TrainingRuns.withExtent(new Extent.Rows(500)),
                TrainingRuns.data("digest of large"),
                new FakeModel(),
                new StopSignal());
        TrainingEvent.Finished end = (TrainingEvent.Finished) training.run(folder, false);
        assertThat(end.rowsSeen()).isBetween(500L, 508L);
    }

    @Test
    void progressSaysHowFastAndHowLong() {
        long[] now = {0};
        FullTraining training = new FullTraining(
                TrainingRuns.settings(TrainingRuns.STEPS, 7),
                TrainingRuns.source(TrainingRuns.data("digest of large")),
                new FakeModel(),
                runs.events::add,
                new StopSignal(),
                () -> now[0] += 500_000_000L);
        training.run(folder, false);
        TrainingEvent.Stepped third = (TrainingEvent.Stepped) runs.events.get(3);
        assertThat(third.step()).isEqualTo(3);
        assertThat(third.secondsLeft()).isCloseTo((TrainingRuns.STEPS - 3) * 0.5, within());
        assertThat(third.examplesPerSecond()).isBetween(2.0, 16.0);
        assertThat(third.learningRate()).isGreaterThan(0);
        TrainingEvent.Finished end = (TrainingEvent.Finished) runs.events.get(runs.events.size() - 1);
        assertThat(end.seconds()).isCloseTo(TrainingRuns.STEPS * 0.5, within());
    }

    @Test
    void aRunIsNeverStartedOverAnother() {
        runs.training(new FakeModel(), new StopSignal()).run(folder, false);
        assertThatThrownBy(
                        () -> runs.training(new FakeModel(), new StopSignal()).run(folder, false))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("step 47")
                .hasMessageContaining("--resume");
    }

    @Test
    void twoRunsNeverShareAFolder() {
        try (OutFolder held = OutFolder.open(folder)) {
            assertThat(held.path()).isEqualTo(folder);
            assertThatThrownBy(() ->
                            runs.training(new FakeModel(), new StopSignal()).run(folder, false))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("Another run");
        }
    }

    private List<String> checkpoints() throws IOException {
        try (Stream<Path> folders = Files.list(folder.resolve("checkpoints"))) {
            return folders.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-9);
    }
}
