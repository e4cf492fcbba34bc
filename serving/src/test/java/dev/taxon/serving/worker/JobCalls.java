package dev.taxon.serving.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.fixture.Http;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A tenant that asks for jobs. */
record JobCalls(String token) {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long POLL_MILLIS = 100;

    /** Uploads eight rows for each of two labels, and waits until they are read. */
    String dataset(String name) {
        upload(name, rows());
        await(
                "/v1/datasets/" + name + "/versions/1",
                version -> version.path("state").asText().equals("ready"));
        return name;
    }

    /** Makes a data set and uploads rows, which are read later. */
    void upload(String name, String rows) {
        send("POST", "/v1/datasets", "{\"name\": \"" + name + "\"}", "application/json");
        send("POST", "/v1/datasets/" + name + "/versions", rows, "application/jsonl");
    }

    static String rows() {
        return IntStream.range(0, 8)
                .mapToObj(i -> row("My invoice number " + i + " is wrong, I want my money back", "billing")
                        + row("The parcel number " + i + " has not arrived at my house", "delivery"))
                .collect(Collectors.joining());
    }

    private static String row(String text, String label) {
        return "{\"text\": \"" + text + "\", \"label\": \"" + label + "\"}\n";
    }

    /** Asks for a job; its id. */
    String create(String request) {
        JsonNode job = send("POST", "/v1/jobs", request, "application/json");
        assertThat(job.path("id").asText()).as(job.toString()).isNotEmpty();
        return job.get("id").asText();
    }

    JsonNode awaitEnd(String job) {
        return await("/v1/jobs/" + job, found -> found.has("ended_at"));
    }

    JsonNode awaitSuccess(String job) {
        JsonNode ended = awaitEnd(job);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("succeeded");
        return ended;
    }

    /** Waits until the job has a checkpoint of a step, or has ended. */
    void awaitCheckpoint(String job, int step) {
        await(
                "/v1/jobs/" + job,
                found -> found.has("ended_at")
                        || found.path("progress").path("step").asInt() > step);
    }

    JsonNode await(String path, Predicate<JsonNode> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        JsonNode last = send("GET", path, null, "application/json");
        while (!condition.test(last)) {
            assertThat(System.nanoTime()).as("still " + last).isLessThan(deadline);
            pause();
            last = send("GET", path, null, "application/json");
        }
        return last;
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    JsonNode send(String method, String path, @org.jspecify.annotations.Nullable String body, String type) {
        return Http.json(response(method, path, body, type));
    }

    HttpResponse<String> response(
            String method, String path, @org.jspecify.annotations.Nullable String body, String type) {
        HttpRequest.Builder request = Http.to(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return Http.send(request);
    }
}
