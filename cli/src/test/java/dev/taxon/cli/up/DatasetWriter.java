package dev.taxon.cli.up;

import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.WireJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Creates one data set after the other, each once, and remembers which it was told are there. A call that gets no answer ends it. */
final class DatasetWriter {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 10;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI datasets;
    private final String key;
    private final String name;
    private final List<String> written = new CopyOnWriteArrayList<>();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;
    private CompletableFuture<Void> end = new CompletableFuture<>();

    /** An answer that is none of success. */
    record Refusal(int status, long retryAfter, Problem problem) {}

    private DatasetWriter(int port, String key, String name) {
        this.datasets = URI.create("http://127.0.0.1:" + port + "/v1/datasets");
        this.key = key;
        this.name = name;
    }

    static DatasetWriter start(int port, String key, String name) {
        DatasetWriter writer = new DatasetWriter(port, key, name);
        writer.end = CompletableFuture.runAsync(writer::write, task -> new Thread(task, name).start());
        return writer;
    }

    private void write() {
        for (int number = 0; !stopping; number++) {
            try {
                create(name + "-" + number);
                Thread.sleep(PAUSE_MILLIS);
            } catch (IOException | InterruptedException failure) {
                throw new AssertionError("no answer", failure);
            }
        }
    }

    private void create(String dataset) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(datasets)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\": \"" + dataset + "\"}"))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 201) {
            written.add(dataset);
        } else {
            refusals.add(new Refusal(
                    answer.statusCode(),
                    answer.headers().firstValueAsLong("Retry-After").orElse(0),
                    WireJson.readTolerant(answer.body().getBytes(StandardCharsets.UTF_8), Problem.class)));
        }
    }

    /** The names that the server said are there. */
    List<String> written() {
        return written;
    }

    List<Refusal> refusals() {
        return refusals;
    }

    /** Waits until at least so many were written in all. */
    void awaitWritten(int count) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (written.size() < count) {
            if (this.end.isDone() || System.nanoTime() > end) {
                throw new AssertionError("only " + written.size() + " written; refused: " + refusals);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Lets it finish the call under way; fails as it failed. */
    void stop() throws Exception {
        stopping = true;
        end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
