package dev.taxon.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.taxon.serving.postgres.Tether;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On a real process, in a session of its own as the worker is. */
final class LowPriorityTest {
    private static final Path OWN_AUTOGROUP = Path.of("/proc/self/autogroup");

    @Test
    void aProcessIsNiceAndKeepsItsArguments() throws Exception {
        assertThat(output("sh", "-c", "nice; echo \"$1\"", "sh", "two words")).isEqualTo("10\ntwo words\n");
    }

    @Test
    void itsWholeSessionIsNiceWhereSessionsShareTheProcessors() throws Exception {
        assumeThat(OWN_AUTOGROUP).exists();
        String before = Files.readString(OWN_AUTOGROUP);

        assertThat(output("cat", OWN_AUTOGROUP.toString())).endsWith("nice 10\n");
        assertThat(Files.readString(OWN_AUTOGROUP)).as("this process's own").isEqualTo(before);
    }

    private static String output(String... command) throws IOException, InterruptedException {
        List<String> whole = Tether.inOwnSession();
        whole.addAll(LowPriority.prefix());
        whole.addAll(List.of(command));
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
