package dev.taxon.serving.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.ServerProcess;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is asked to stop. */
@QuarkusTest
class DrainIT extends AdapterServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder = Path.of("");

    @Test
    void saysThatItDrainsBeforeItIsGone() throws IOException {
        int port = freePort();
        ServerProcess server = ServerProcess.worker(folder, port);
        try {
            eventually(() -> assertThat(node(port)).isEqualTo("UP ready"));

            server.stop();

            eventually(() -> assertThat(node(port)).isEqualTo("DOWN draining"));
            server.awaitEnd();
            assertThat(folder).isEmptyDirectory();
        } finally {
            server.kill();
        }
    }

    /** What the node's check says; an assertion that fails while it does not answer. */
    private String node(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                .build();
        try {
            HttpResponse<String> answer =
                    client.sendAsync(request, BodyHandlers.ofString()).join();
            for (JsonNode check : JSON.readTree(answer.body()).path("checks")) {
                if (check.path("name").asText().equals("node")) {
                    return check.path("status").asText() + " "
                            + check.at("/data/state").asText();
                }
            }
            return "no such check";
        } catch (IOException | CompletionException notThere) {
            throw new AssertionError("no answer", notThere);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
