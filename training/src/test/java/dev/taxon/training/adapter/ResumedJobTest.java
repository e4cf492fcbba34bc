package dev.taxon.training.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.training.Tickets;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A job that was stopped or killed ends with the adapter of one that never was. */
class ResumedJobTest extends SupervisedJobs {
    @Test
    void theSameSeedGivesTheSameDigestAndAnotherAnother() {
        String first =
                run(job(Tickets.of(4), 1), folder.resolve("a")).orElseThrow().digest();
        assertThat(run(job(Tickets.of(4), 1), folder.resolve("b")).orElseThrow().digest())
                .isEqualTo(first);
        assertThat(run(job(Tickets.of(4), 2), folder.resolve("c")).orElseThrow().digest())
                .isNotEqualTo(first);
    }

    @Test
    void aJobThatIsStoppedAgainAndAgainEndsWithTheSameAdapter() {
        String undisturbed = run(job(Tickets.of(4), 1), folder.resolve("whole"))
                .orElseThrow()
                .digest();
        Path out = folder.resolve("broken");
        Optional<AdapterResult> result = Optional.empty();
        int stops = 0;
        while (result.isEmpty()) {
            StopSignal stop = new StopSignal();
            result = training(job(Tickets.of(4), 1), stoppingAfter(3, stop), stop)
                    .run(out, stops > 0);
            stops += result.isEmpty() ? 1 : 0;
        }
        assertThat(stops).isGreaterThan(3);
        assertThat(result.get().digest()).isEqualTo(undisturbed);
    }

    @Test
    void aJobThatDiesGoesOnFromItsLastCheckpoint() {
        SupervisedJob job = manyRows(40, 3);
        String undisturbed = run(job, folder.resolve("whole")).orElseThrow().digest();
        Path out = folder.resolve("killed");
        assertThatThrownBy(() -> training(job, dyingAfter(10), new StopSignal()).run(out, false))
                .hasMessage("killed");
        assertThat(training(job, event -> {}, new StopSignal())
                        .run(out, true)
                        .orElseThrow()
                        .digest())
                .isEqualTo(undisturbed);
    }

    @Test
    void aDamagedStateIsPassedOverForTheOneBeforeItAndTheOnlyOneIsNamed() throws IOException {
        SupervisedJob job = manyRows(40, 3);
        String undisturbed = run(job, folder.resolve("whole")).orElseThrow().digest();
        Path out = folder.resolve("damaged");
        StopSignal stop = new StopSignal();
        training(job, stoppingAfter(10, stop), stop).run(out, false);
        Path checkpoints = out.resolve("run/held-out/checkpoints");
        Files.writeString(checkpoints.resolve("step-00000010/state.safetensors"), "cut sho");
        assertThat(run(job, out, true).orElseThrow().digest()).isEqualTo(undisturbed);

        Path single = folder.resolve("single");
        StopSignal early = new StopSignal();
        training(job, stoppingAfter(3, early), early).run(single, false);
        Path only = single.resolve("run/held-out/checkpoints/step-00000003");
        Files.writeString(only.resolve("state.safetensors"), "cut sho");
        assertThatThrownBy(() -> run(job, single, true))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining(only + " is damaged")
                .hasMessageContaining("remove that folder");
    }
}
