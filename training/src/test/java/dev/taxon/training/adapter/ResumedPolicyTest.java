package dev.taxon.training.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.Mode;
import dev.taxon.training.data.Example;
import dev.taxon.training.policy.Agreement;
import dev.taxon.training.ppo.RewardedTask;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingEvent;
import dev.taxon.training.run.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** A run that was stopped or killed ends with the adapter of one that never was, or is refused. */
class ResumedPolicyTest extends RewardedJobs {
    @Test
    void goesOnAfterAStopAndACrashToTheDigestOfAnUndisturbedRun() throws IOException {
        RewardedJob job = job(QUICK, Agreement.F1, 24, 3);
        Path undisturbed = folder.resolve("undisturbed");
        String digest = learned(job, undisturbed).digest();
        Path disturbed = folder.resolve("disturbed");
        StopSignal stop = new StopSignal();
        assertThat(run(job, disturbed, false, stopAfter(2, stop), stop)).isEmpty();
        assertThatThrownBy(() -> run(job, disturbed, true, crashAfter(22), new StopSignal()))
                .isInstanceOf(CancellationException.class);
        assertThat(steps(disturbed))
                .content()
                .satisfies(lines -> assertThat(lines.lines()).hasSize(22));
        assertThat(run(job, disturbed, true, event -> {}, new StopSignal()))
                .hasValueSatisfying(result -> assertThat(result.digest()).isEqualTo(digest));
        assertThat(Files.readString(steps(disturbed))).isEqualTo(Files.readString(steps(undisturbed)));
    }

    private static Path steps(Path out) {
        return out.resolve("run/policy/steps.jsonl");
    }

    @Test
    void anotherSeedAnotherAdapter() {
        String one =
                learned(job(QUICK, Agreement.F1, 3, 1), folder.resolve("one")).digest();
        assertThat(learned(job(QUICK, Agreement.F1, 3, 1), folder.resolve("same"))
                        .digest())
                .isEqualTo(one);
        assertThat(learned(job(QUICK, Agreement.F1, 3, 2), folder.resolve("other"))
                        .digest())
                .isNotEqualTo(one);
    }

    @Test
    void aRunThatGoesOnMustHaveTheSameSettings() {
        StopSignal stop = new StopSignal();
        run(job(QUICK, Agreement.F1, 9, 1), folder, false, stopAfter(2, stop), stop);
        assertThatThrownBy(() -> run(job(QUICK, Agreement.F1, 9, 2), folder, true, event -> {}, new StopSignal()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("seed");
        assertThatThrownBy(() -> run(job(QUICK, Agreement.F1, 9, 1), folder, false, event -> {}, new StopSignal()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("--resume");
    }

    @Test
    void aRunThatGoesOnMustHaveTheSameRows() {
        StopSignal stop = new StopSignal();
        run(job(QUICK, Agreement.F1, 9, 1), folder, false, stopAfter(2, stop), stop);
        List<Example> others = examples(60).stream()
                .map(example -> new Example(example.text() + "!", LABELS, example.trueLabels()))
                .toList();
        RewardedTask task = RewardedTask.ofLabelled(others, Mode.SINGLE_LABEL, 0.2, 1);
        assertThatThrownBy(() -> run(job(task, QUICK, Agreement.F1, 9, 1), folder, true, event -> {}, new StopSignal()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("rows was");
    }

    @Test
    void aRunThatIsStoppedWhileRowsAreScoredTellsSo() {
        StopSignal stop = new StopSignal();
        stop.request();
        assertThat(run(job(QUICK, Agreement.F1, 9, 1), folder, false, events::add, stop))
                .isEmpty();
        assertThat(events).singleElement().isInstanceOf(TrainingEvent.Stopped.class);
    }
}
