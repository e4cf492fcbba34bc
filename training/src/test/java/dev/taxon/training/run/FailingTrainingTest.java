package dev.taxon.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.training.step.StepResult;
import dev.taxon.training.step.StepSettings;
import dev.taxon.training.step.TrainingBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says and leaves when it cannot go on. */
class FailingTrainingTest {
    @TempDir
    Path folder;

    private final TrainingRuns runs = new TrainingRuns();

    @Test
    void aLossThatIsNotFiniteEndsTheRunAndSaysWhereAndWhatToTry() {
        FakeModel exploding = new FakeModel() {
            @Override
            public StepResult step(TrainingBatch batch, StepSettings settings) {
                return settings.step() == 12 ? new StepResult(Double.NaN, 1, 0) : super.step(batch, settings);
            }
        };
        assertThatThrownBy(() -> runs.training(exploding, new StopSignal()).run(folder, false))
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
        assertThatThrownBy(() -> runs.training(fullDisk, new StopSignal()).run(folder, false))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("step 20")
                .hasMessageContaining("step-00000010, is unharmed")
                .hasMessageContaining("--resume");
        FakeModel resumed = new FakeModel();
        runs.training(resumed, new StopSignal()).run(folder, true);
        assertThat(resumed.stepsTaken).isEqualTo(TrainingRuns.STEPS - 10);
    }

    @Test
    void aDamagedCheckpointIsNamed() throws IOException {
        runs.training(runs.stoppingAfter(5), runs.signal).run(folder, false);
        Files.writeString(folder.resolve("checkpoints/step-00000005/progress.json"), "{\"step\": 5");
        assertThatThrownBy(
                        () -> runs.training(new FakeModel(), new StopSignal()).run(folder, true))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("step-00000005")
                .hasMessageContaining("damaged")
                .hasMessageContaining("remove that folder");
    }
}
