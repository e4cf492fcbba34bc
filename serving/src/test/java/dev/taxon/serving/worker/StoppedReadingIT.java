package dev.taxon.serving.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.serving.model.BaseCheckpoints;
import dev.taxon.serving.queue.Attempt;
import dev.taxon.serving.queue.JobKind;
import dev.taxon.serving.queue.Lane;
import dev.taxon.training.run.StopSignal;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows are not read to their end for a job that is to stop, however many there are. */
@QuarkusTest
class StoppedReadingIT extends WorkTest {
    @Inject
    TaskRows rows;

    @Inject
    BaseCheckpoints bases;

    @TempDir
    Path folder = Path.of("");

    @Test
    void validationAndReadingEndInTheMiddle() throws IOException {
        Path file =
                Files.writeString(folder.resolve("rows.jsonl"), JobCalls.rows().repeat(40));
        enqueue(JobKind.LORA, "{}");
        Attempt attempt = claim(Lane.HEAVY).orElseThrow().attempt();
        StopSignal shutdown = new StopSignal();
        try (Heart heart = Heart.start(claims, attempt, Duration.ofSeconds(1), shutdown);
                Checkpoint model = bases.current().open()) {
            Task task = new Task(attempt, job(attempt.job()), folder, heart);
            assertThat(rows.examples(task, file)).as("nobody asked yet").hasSize(640);

            shutdown.request();
            await(heart.signal());

            assertThatThrownBy(() -> rows.examples(task, file)).isInstanceOf(StoppedException.class);
            assertThatThrownBy(() -> rows.validate(task, file, model)).isInstanceOf(StoppedException.class);
        }
    }

    private static void await(StopSignal signal) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (!signal.requested()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
