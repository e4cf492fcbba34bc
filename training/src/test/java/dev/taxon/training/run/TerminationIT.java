package dev.taxon.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.training.Fixtures;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process that is really told to terminate. */
class TerminationIT {
    private static final int STEPS = 2_000_000;

    @TempDir
    Path folder;

    @Test
    void finishesTheStepWritesACheckpointAndSaysHowToResume() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        Trainee.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("running");
            // Through the handle, as Process.destroy() would close the output before it is read.
            process.toHandle().destroy();
            assertThat(output.readLine()).contains("--resume goes on from").contains("of " + STEPS);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        StoredCheckpoint left = StoredCheckpoint.read(
                new CheckpointStore(folder.resolve("checkpoints")).lastFirst().get(0));
        assertThat(left.progress().step()).isPositive();
        assertThat(left.state()).isNotEmptyFile();
    }

    /** The test runner's own, which it may have put into the manifest of a jar of its own. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The process: trains a fake model until it is stopped. */
    static final class Trainee {
        private Trainee() {}

        public static void main(String[] arguments) {
            try (TerminationStop stop = TerminationStop.install()) {
                FullTrainingSettings settings = TrainingRuns.defaults(new Extent.Steps(STEPS), 1);
                TrainingSource source =
                        new TrainingSource(List.of(Fixtures.set("topics", 300, 6)), Fixtures.tokens(), Map.of());
                TrainingEvent end = new FullTraining(
                                settings, source, new FakeModel(), Trainee::announce, stop.signal())
                        .run(Path.of(arguments[0]), false);
                System.out.println(((TrainingEvent.Stopped) end).howToResume());
            }
        }

        private static void announce(TrainingEvent event) {
            if (event instanceof TrainingEvent.Stepped stepped && stepped.step() == 3) {
                System.out.println("running");
            }
        }
    }
}
