package dev.taxon.serving.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.PackagedServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A tenant all of whose texts hold one word, and what it is told beside its answers: problems and events. Single quotes
 * stand for double ones in JSON.
 */
final class MarkedTenant {
    /** What must not get out; what follows on it within a text says which one did. */
    static final String WORD = "quagga";

    private static final String JSON = "application/json";

    private final PackagedServer server;
    private final String key;
    private final List<String> told = new ArrayList<>();

    MarkedTenant(PackagedServer server, String key) {
        this.server = server;
        this.key = key;
    }

    /** Problems and events up to now. */
    List<String> told() {
        return List.copyOf(told);
    }

    JsonNode get(String path) {
        return server.get(key, "GET", path, "");
    }

    /** A call that succeeds. */
    JsonNode done(String method, String path, String body) {
        return server.get(key, method, path, body);
    }

    /** A call that is refused. */
    void refused(String method, String path, String body) {
        refused(method, path, JSON, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** As above, of any type. */
    void refused(String method, String path, String type, byte[] body) {
        HttpResponse<String> answer = send(method, path, type, body);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isBetween(400, 499);
        told.add(answer.body());
    }

    /** Uploads the next version of a data set, and waits until it was read or refused. */
    JsonNode upload(String dataset, String type, byte[] rows) {
        HttpResponse<String> answer = send("POST", "/v1/datasets/" + dataset + "/versions", type, rows);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String version = Http.json(answer).get("version").asText();
        JsonNode read = server.await(
                key,
                "/v1/datasets/" + dataset + "/versions/" + version,
                found ->
                        List.of("ready", "refused").contains(found.path("state").asText()));
        told.add(read.path("problem").toString());
        return read;
    }

    void refusedUpload(String dataset, String type, byte[] rows) {
        assertThat(upload(dataset, type, rows).path("state").asText()).isEqualTo("refused");
    }

    /** Asks for a job, and waits until it has ended and its events were told. */
    JsonNode job(String request) {
        String path = "/v1/jobs/" + done("POST", "/v1/jobs", request).get("id").asText();
        JsonNode ended = server.await(key, path, job -> job.has("ended_at"));
        told.add(ended.path("problem").toString());
        told.add(send("GET", path + "/events", JSON, new byte[0]).body());
        return ended;
    }

    private HttpResponse<String> send(String method, String path, String type, byte[] body) {
        return server.send(key, method, path, type, BodyPublishers.ofByteArray(body), BodyHandlers.ofString());
    }
}
