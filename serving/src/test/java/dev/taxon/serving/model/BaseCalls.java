package dev.taxon.serving.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.AdapterZips;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.PackagedServer;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.postgres.EmbeddedPostgres;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.postgresql.ds.PGSimpleDataSource;

/** What a tenant asks of a server with several bases. Single quotes stand for double ones. */
final class BaseCalls {
    private static final String TEXT = "the parcel is late";

    private final PackagedServer server;
    private final String key;

    BaseCalls(PackagedServer server, String key) {
        this.server = server;
        this.key = key;
    }

    /** A key of a tenant, for everything. */
    static String newKey(EmbeddedPostgres database, String tenant) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(database.applicationUser());
        source.setPassword(database.applicationPassword());
        TenantKeys keys = new TenantKeys(source);
        return keys.createKey(keys.findOrCreate(tenant), Scope.all()).token();
    }

    /** The same by another key. */
    BaseCalls as(String other) {
        return new BaseCalls(server, other);
    }

    HttpResponse<String> call(String method, String path, String body) {
        return server.call(key, method, path, body);
    }

    JsonNode get(String method, String path, String body) {
        return server.get(key, method, path, body);
    }

    JsonNode await(String path, Predicate<JsonNode> condition) {
        return server.await(key, path, condition);
    }

    byte[] export(String adapter, int version) {
        return server.send(
                        key,
                        "GET",
                        "/v1/adapters/" + adapter + "/versions/" + version + "/export",
                        "application/json",
                        BodyPublishers.noBody(),
                        BodyHandlers.ofByteArray())
                .body();
    }

    /** Makes a data set of sixteen rows of two labels, numbered from here. */
    void upload(String name, int first) {
        upload(
                name,
                IntStream.range(first, first + 8)
                        .mapToObj(i -> row("invoice " + i + " is wrong", "billing")
                                + row("parcel " + i + " is late", "delivery"))
                        .collect(Collectors.joining()));
    }

    /** Makes a data set of these rows, and waits until they are read. */
    void upload(String name, String rows) {
        get("POST", "/v1/datasets", "{'name': '" + name + "'}");
        HttpResponse<String> response = server.send(
                key,
                "POST",
                "/v1/datasets/" + name + "/versions",
                "application/jsonl",
                BodyPublishers.ofString(rows),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        await(
                "/v1/datasets/" + name + "/versions/1",
                version -> version.path("state").asText().equals("ready"));
    }

    static String row(String text, String label) {
        return "{\"text\": \"" + text + "\", \"label\": \"" + label + "\"}\n";
    }

    JsonNode job(String request) {
        String id = get("POST", "/v1/jobs", request).get("id").asText();
        JsonNode ended = await("/v1/jobs/" + id, job -> job.has("ended_at"));
        assertThat(ended.get("state").asText()).as(ended.toString()).isEqualTo("succeeded");
        return ended;
    }

    void promote(String adapter, int version) {
        get("POST", "/v1/adapters/" + adapter + "/promote", "{'version': " + version + "}");
    }

    JsonNode importZip(String name, byte[] zip) {
        HttpResponse<String> response = server.send(
                key,
                "POST",
                "/v1/adapters/" + name + "/versions",
                "application/zip",
                BodyPublishers.ofByteArray(zip),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return Http.json(response);
    }

    static byte[] withoutSettings(byte[] zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                files.put(entry.getName(), entries.readAllBytes());
            }
        }
        files.keySet().removeIf(name -> name.endsWith("taxon.json"));
        return AdapterZips.zip(files);
    }

    static String adapted(String adapter) {
        return "{'text': '" + TEXT + "', 'labels': ['billing', 'delivery'], 'adapter': '" + adapter + "'}";
    }

    static String inputs(String... inputs) {
        return "{'inputs': [" + String.join(", ", inputs) + "]}";
    }

    JsonNode classify(String... inputs) {
        return get("POST", "/v1/classify", inputs(inputs));
    }

    JsonNode scores(String adapter) {
        return classify(adapted(adapter)).at("/results/0/scores");
    }

    /** What shares a batch changes scores by rounding at most. */
    static void assertAlike(JsonNode scores, JsonNode expected) {
        assertThat(scores).hasSameSizeAs(expected);
        expected.fields()
                .forEachRemaining(label -> assertThat(scores.get(label.getKey()).asDouble())
                        .isCloseTo(label.getValue().asDouble(), within(1e-5)));
    }

    /** The refusal of a call, in its own words. */
    String refused(ErrorCode code, String path, String body) {
        return String.valueOf(Problems.expect(code, call("POST", path, body)).detail());
    }
}
