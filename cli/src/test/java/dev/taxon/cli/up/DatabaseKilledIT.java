package dev.taxon.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.TaxonClient;
import dev.taxon.sdk.wire.Dataset;
import dev.taxon.sdk.wire.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Postgres is killed while clients write; nobody helps. */
@Timeout(120)
final class DatabaseKilledIT {
    private static final Duration AWAY = Duration.ofSeconds(10);
    /** A quick return can find every call waiting for a connection, none under way: then nobody is refused. */
    private static final int MOST_KILLS = 5;

    @TempDir
    static Path folder;

    @Test
    void callersAreToldToComeBackAndNothingIsLostThatWasAcknowledged() throws Exception {
        int port = freePort();
        try (UpProcess up = UpProcess.start(folder, port)) {
            String key = key(up.awaitLine("curl "));
            List<DatasetWriter> writers = IntStream.range(0, 4)
                    .mapToObj(number -> DatasetWriter.start(port, key, "writer" + number))
                    .toList();
            for (DatasetWriter writer : writers) {
                writer.awaitWritten(20);
            }

            int kills = 0;
            do {
                assertThat(killed(up, writers)).isLessThan(AWAY);
                kills++;
            } while (refusals(writers).isEmpty() && kills < MOST_KILLS);
            for (DatasetWriter writer : writers) {
                writer.stop();
            }

            assertThat(refusals(writers)).isNotEmpty().allSatisfy(DatabaseKilledIT::assertSaysToComeBack);
            assertThat(names(port, key))
                    .containsAll(writers.stream()
                            .flatMap(writer -> writer.written().stream())
                            .toList());
        }
    }

    /** Kills Postgres once; how long it takes until all write again. */
    private static Duration killed(UpProcess up, List<DatasetWriter> writers) throws Exception {
        killPostgres();
        long killed = System.nanoTime();
        up.awaitLine("The database ended: ");
        up.awaitLine("The database is back.");
        for (DatasetWriter writer : writers) {
            writer.awaitWritten(writer.written().size() + 20);
        }
        return Duration.ofNanos(System.nanoTime() - killed);
    }

    private static List<DatasetWriter.Refusal> refusals(List<DatasetWriter> writers) {
        return writers.stream().flatMap(writer -> writer.refusals().stream()).toList();
    }

    private static void assertSaysToComeBack(DatasetWriter.Refusal refusal) {
        assertThat(refusal.status()).as(refusal.toString()).isEqualTo(ErrorCode.OVERLOADED.status());
        assertThat(refusal.problem().errorCode()).contains(ErrorCode.OVERLOADED);
        assertThat(refusal.problem().retryable()).isTrue();
        assertThat(refusal.problem().detail()).isNotBlank();
        assertThat(refusal.retryAfter()).as(refusal.toString()).isPositive();
    }

    /** As {@code kill -9} does to the process that all others of Postgres come from. */
    private static void killPostgres() throws IOException {
        String pid = Files.readAllLines(folder.resolve("postgres/data/postmaster.pid"))
                .get(0);
        assertThat(ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow().destroyForcibly())
                .isTrue();
    }

    private static List<String> names(int port, String key) {
        TaxonClient client = TaxonClient.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .apiKey(key)
                .build();
        try (Stream<Dataset> datasets = client.datasets().list().stream()) {
            return datasets.map(Dataset::name).toList();
        }
    }

    private static String key(String curl) {
        return curl.replaceFirst(".*Bearer ([^']*)'.*", "$1");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
