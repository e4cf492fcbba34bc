package dev.taxon.serving.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ForeignProcessTest {
    /** A parent that never asks for the exit status of its child, as process 1 of many containers. */
    private static final String NEGLIGENT_PARENT = "sleep 0.05 & echo $!; exec sleep 60";

    @Test
    void hasEndedThoughNobodyAskedForItsExitStatus() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", NEGLIGENT_PARENT).start();
        try {
            ForeignProcess child =
                    new ForeignProcess(Long.parseLong(parent.inputReader().readLine()));

            assertThat(child.awaitEnd(Duration.ofSeconds(20))).isTrue();
            assertThat(ProcessHandle.of(child.pid())).as("its entry stays").isPresent();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void runsUntilItIsEnded() throws Exception {
        Process process = new ProcessBuilder("sleep", "61").start();
        ForeignProcess foreign = new ForeignProcess(process.pid());

        assertThat(foreign.awaitEnd(Duration.ofMillis(50))).isFalse();
        assertThat(hasArgumentSoon(foreign, "61")).isTrue();
        assertThat(foreign.hasArgument("6")).isFalse();
        process.destroyForcibly().waitFor();
        assertThat(foreign.runs()).isFalse();
    }

    private static boolean hasArgumentSoon(ForeignProcess process, String argument) throws InterruptedException {
        for (int i = 0; i < 100 && !process.hasArgument(argument); i++) {
            Thread.sleep(20);
        }
        return process.hasArgument(argument);
    }
}
