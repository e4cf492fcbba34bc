package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class DownloadTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final LoopbackServer server = new LoopbackServer();

    private final FakePacing time = new FakePacing();
    private final TaxonClient client = server.client().pacing(time.pacing(0)).build();

    @Test
    void filesAreStreamedDownOverWhatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("export.zip"), "something much longer");
        server.then(503, "").then(200, "zipped");

        assertThat(client.account().export(file)).isEqualTo(file);

        assertThat(file).hasContent("zipped");
        assertThat(server.asked.get(1).header("Accept")).startsWith("application/zip");
        assertIsAlone(file);
    }

    @Test
    void nothingOfAnAttemptThatBrokeIsLeft() throws IOException {
        Path file = folder.resolve("support-3.zip");
        server.then((exchange, body) -> {
                    exchange.sendResponseHeaders(200, 10_000);
                    exchange.getResponseBody().write("something much longer".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    exchange.close();
                })
                .then(200, "zipped");

        client.adapters().versions("support").export(3, file);

        assertThat(file).hasContent("zipped");
        assertIsAlone(file);
        assertThat(server.asked)
                .hasSize(2)
                .extracting(LoopbackServer.Asked::path)
                .containsOnly("/v1/adapters/support/versions/3/export");
    }

    @Test
    void aDownloadThatIsRefusedSaysWhyAndLeavesTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("export.zip"), "before");
        server.then(403, "{\"code\":\"forbidden\",\"status\":403,\"retryable\":false}");

        assertThatThrownBy(() -> client.account().export(file)).isInstanceOf(PermissionException.class);

        assertThat(file).hasContent("before");
        assertIsAlone(file);
    }

    @Test
    void aFileThatCannotBeWrittenIsNotAskedFor() {
        Path nowhere = folder.resolve("none").resolve("results.jsonl");

        assertThatThrownBy(() -> client.jobs().downloadResult("j1", nowhere)).isInstanceOf(UncheckedIOException.class);

        assertThat(server.asked).isEmpty();
    }

    @Test
    void aFileThatCannotBeReplacedIsTheCallersFailure() throws IOException {
        Path full = Files.createDirectory(folder.resolve("full"));
        Files.writeString(full.resolve("file"), "kept");
        server.then(200, "zipped");

        assertThatThrownBy(() -> client.account().export(full)).isInstanceOf(UncheckedIOException.class);

        assertIsAlone(full);
    }

    private void assertIsAlone(Path file) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
