package dev.taxon.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ClassifyResponse;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.postgres.ForeignProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class UpIT {
    @TempDir
    static Path folder;

    @Test
    void answersStopsWithoutATraceAndFindsItsDataAgain() throws Exception {
        Path data = folder.resolve("again");
        int port = freePort();
        String curl;
        List<ForeignProcess> children;
        try (UpProcess up = UpProcess.start(data, port)) {
            curl = up.awaitLine("curl ");
            children = up.children();
            assertSports(curl);
            assertSecondUpSaysWhoHoldsIt(data);
            assertPortInUseIsOneSentence(port);
            up.signal("INT");
            up.signal("INT");
            assertThat(up.awaitExit()).isZero();
        }
        assertThat(children).isNotEmpty();
        awaitGone(children);
        try (UpProcess up = UpProcess.start(data, port)) {
            assertThat(up.awaitLine("curl ")).isEqualTo(curl);
            assertSports(curl);
            up.signal("TERM");
            assertThat(up.awaitExit()).isZero();
        }
    }

    private static void assertSecondUpSaysWhoHoldsIt(Path data) throws Exception {
        try (UpProcess second = UpProcess.start(data, freePort())) {
            assertThat(second.awaitLine("taxon up: "))
                    .contains("is in use by process ")
                    .contains(" at http://127.0.0.1:");
            assertThat(second.awaitExit()).isEqualTo(1);
        }
    }

    private static void assertPortInUseIsOneSentence(int port) throws Exception {
        try (UpProcess other = UpProcess.start(folder.resolve("other"), port)) {
            assertThat(other.awaitLine("taxon up: ")).contains("Port " + port).contains("--port");
            assertThat(other.awaitExit()).isEqualTo(1);
        }
    }

    @Test
    void healsAKilledServerAndLeavesNothingWhenKilledItself() throws Exception {
        Path data = folder.resolve("healed");
        int port = freePort();
        String curl;
        List<ForeignProcess> children;
        try (UpProcess up = UpProcess.start(data, port)) {
            curl = up.awaitLine("curl ");
            up.server().destroyForcibly();
            up.awaitLine("The server ended: exit status 137");
            up.awaitLine("The server is back.");
            assertSports(curl);
            children = up.children();
            up.signal("KILL");
            up.awaitExit();
            // At once, while what was left behind is still on its way out.
            try (UpProcess next = UpProcess.start(data, port)) {
                assertThat(next.awaitLine("curl ")).isEqualTo(curl);
                assertSports(curl);
                awaitGone(children);
                next.signal("INT");
                assertThat(next.awaitExit()).isZero();
            }
        }
    }

    /** Runs the line as it was printed. */
    private static void assertSports(String curl) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", curl).start();
        byte[] answer = shell.getInputStream().readAllBytes();
        assertThat(shell.waitFor()).isZero();
        ClassifyResponse response = WireJson.readTolerant(answer, ClassifyResponse.class);
        assertThat(response.results()).hasSize(1);
        assertThat(response.results().get(0).predictions().get(0).label()).isEqualTo("sports");
    }

    private static void awaitGone(List<ForeignProcess> processes) throws Exception {
        for (ForeignProcess process : processes) {
            assertThat(process.awaitEnd(Duration.ofSeconds(30))).isTrue();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
