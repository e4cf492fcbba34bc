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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** An operator brings a new base model: the packaged server on one database, started with one base, with both, and with the other. */
class SeveralBasesIT {
    private static final Path OLD = Path.of("../core/src/test/resources/oracle/bert-simple-first");
    private static final Path NEW = Path.of("../core/src/test/resources/oracle/bert-mlp-avg-text-first");
    private static final String OLD_NAME = OLD.getFileName().toString();
    private static final String NEW_NAME = NEW.getFileName().toString();
    private static final String TEXT = "the parcel is late";
    private static final String ZERO_SHOT = "{'text': '" + TEXT + "', 'labels': ['billing', 'delivery']}";

    @TempDir
    Path folder = Path.of("");

    private EmbeddedPostgres database;
    private Path log = Path.of("");
    private String key = "";
    private String stranger = "";

    @BeforeEach
    void startDatabase() throws IOException {
        database = EmbeddedPostgres.start(folder);
        log = Path.of("target/several-bases.log").toAbsolutePath();
        Files.deleteIfExists(log);
    }

    @AfterEach
    void stopDatabase() {
        database.close();
    }

    private PackagedServer server(Path model, Path... others) {
        return PackagedServer.start(database, log, model, others);
    }

    private String newKey(String tenant) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(database.applicationUser());
        source.setPassword(database.applicationPassword());
        TenantKeys keys = new TenantKeys(source);
        return keys.createKey(keys.findOrCreate(tenant), Scope.all()).token();
    }

    @Test
    void versionsAnswerByTheirBaseAndAreTrainedAgainOnTheNewOne() throws IOException {
        Before before;
        try (PackagedServer server = server(OLD).awaitReady()) {
            key = newKey("acme");
            stranger = newKey("globex");
            before = onTheOldBase(server);
        }
        JsonNode second;
        try (PackagedServer server = server(NEW, OLD).awaitReady()) {
            besideEachOther(server, before);
            second = trainedAgain(server, before);
            trainedAgainFromRewards(server);
            followedByAShadowOfTheOldBase(server);
            refusedWithBoth(server);
        }
        try (PackagedServer server = server(NEW).awaitReady()) {
            withoutTheOldBase(server, second);
        }
    }

    /** What stood before the new base came. */
    private record Before(JsonNode support, JsonNode unverified, byte[] zip) {}

    private Before onTheOldBase(PackagedServer server) throws IOException {
        upload(server, "tickets", 0);
        upload(server, "holdout", 4);
        job(
                server,
                "{'kind': 'lora', 'adapter': 'support', 'dataset': 'tickets', 'seed': 7, 'hyperparameters': {'rank': 4,"
                        + " 'epochs': 2}}");
        promote(server, "support", 1);
        job(
                server,
                "{'kind': 'ppo', 'adapter': 'rewarded', 'dataset': 'tickets', 'from': 'support@1', 'hyperparameters':"
                        + " {'epochs': 1}}");
        byte[] zip = server.send(
                        key,
                        "GET",
                        "/v1/adapters/support/versions/1/export",
                        "application/json",
                        BodyPublishers.noBody(),
                        BodyHandlers.ofByteArray())
                .body();
        assertThat(importZip(server, "stays", zip).at("/base/verified").asBoolean())
                .isTrue();
        promote(server, "stays", 1);
        assertThat(importZip(server, "plain", withoutSettings(zip))
                        .at("/base/verified")
                        .asBoolean())
                .isFalse();
        return new Before(scores(server, "support@1"), scores(server, "plain@1"), zip);
    }

    private void besideEachOther(PackagedServer server, Before before) {
        JsonNode models = server.get(key, "GET", "/v1/models", "").get("items");
        assertThat(models.findValuesAsText("name")).containsExactly(NEW_NAME, OLD_NAME);
        assertThat(models.findValuesAsText("state")).containsExactly("current", "deprecated");

        assertThat(scores(server, "support@1")).isEqualTo(before.support());
        assertThat(scores(server, "support")).isEqualTo(before.support());
        assertThat(scores(server, "plain@1")).isEqualTo(before.unverified());
        assertThat(importZip(server, "again", before.zip()).at("/base/name").asText())
                .isEqualTo(OLD_NAME);

        JsonNode alone = classify(server, ZERO_SHOT);
        JsonNode old = classify(server, adapted("support@1"));
        JsonNode mixed = classify(server, adapted("support@1"), ZERO_SHOT, adapted("support"));
        assertThat(alone.get("model").asText()).isEqualTo(NEW_NAME);
        assertThat(old.get("model").asText()).isEqualTo(OLD_NAME);
        assertThat(mixed.get("model").asText()).isEqualTo(NEW_NAME);
        assertAlike(mixed.at("/results/0/scores"), before.support());
        assertAlike(mixed.at("/results/1/scores"), alone.at("/results/0/scores"));
        assertAlike(mixed.at("/results/2/scores"), before.support());
        assertThat(server.call("", "GET", "/q/metrics", "").body())
                .contains("taxon_rows_total{base=\"" + NEW_NAME + "\"}", "taxon_rows_total{base=\"" + OLD_NAME + "\"}");
    }

    private JsonNode trainedAgain(PackagedServer server, Before before) {
        JsonNode job = job(server, "{'retrain': 'support@1'}");
        assertThat(job.at("/request/hyperparameters/rank").asInt()).isEqualTo(4);
        assertThat(job.at("/result/version").asInt()).isEqualTo(2);
        JsonNode version = server.get(key, "GET", "/v1/adapters/support/versions/2", "");
        assertThat(version.at("/base/name").asText()).isEqualTo(NEW_NAME);
        assertThat(version.at("/lineage/retrained_from").asText()).isEqualTo("support@1");
        assertThat(version.at("/lineage/seed").asInt()).isEqualTo(7);
        JsonNode own = version.at("/metrics/against_retrained_from");
        assertThat(own.get("on").asText()).isEqualTo("tickets@1");
        assertThat(own.get("rows").asInt()).isEqualTo(16);
        assertThat(own.at("/mcnemar/p_value").isNumber()).isTrue();
        JsonNode former = server.get(key, "GET", "/v1/adapters/support/versions/1", "");
        assertThat(own.at("/first/accuracy")).isEqualTo(former.at("/metrics/accuracy"));
        assertThat(own.at("/second/accuracy")).isEqualTo(version.at("/metrics/accuracy"));

        JsonNode other = job(server, "{'kind': 'lora', 'retrain': 'support@1', 'compare_on': 'holdout', 'seed': 8}");
        assertThat(other.at("/result/version").asInt()).isEqualTo(3);
        JsonNode held = other.at("/result/metrics/against_retrained_from");
        assertThat(held.get("on").asText()).isEqualTo("holdout@1");
        // Half of its rows are in the other data set, too.
        assertThat(held.get("rows").asInt()).isEqualTo(8);

        promote(server, "support", 2);
        JsonNode second = scores(server, "support@2");
        assertThat(second).isNotEqualTo(before.support());
        assertThat(scores(server, "support")).isEqualTo(second);
        assertThat(scores(server, "support@1")).isEqualTo(before.support());
        return second;
    }

    private void trainedAgainFromRewards(PackagedServer server) {
        assertThat(refused(server, key, ErrorCode.CONFLICT, "/v1/jobs", "{'retrain': 'rewarded@1'}"))
                .contains("cannot go on from support@1, which belongs to " + OLD_NAME);
        JsonNode job = job(server, "{'retrain': 'rewarded@1', 'from': 'support@2'}");
        assertThat(job.at("/result/version").asInt()).isEqualTo(2);
        // So few rows are all learned from, and what both have learned tells nothing.
        assertThat(job.at("/result/metrics/against_retrained_from/not_compared").asText())
                .contains("compare_on");
    }

    private void followedByAShadowOfTheOldBase(PackagedServer server) {
        server.get(key, "PUT", "/v1/adapters/support/shadow", "{'version': 1}");
        scores(server, "support");
        JsonNode comparison = server.await(
                key,
                "/v1/adapters/support/comparison?active=2&other=1",
                found -> found.path("texts").asInt() > 0);
        assertThat(comparison.at("/pairs/0/texts").asInt()).isPositive();
        server.get(key, "PUT", "/v1/adapters/support/shadow", "{'version': null}");
    }

    private void refusedWithBoth(PackagedServer server) {
        assertThat(refused(server, key, ErrorCode.CONFLICT, "/v1/jobs", "{'retrain': 'stays@1'}"))
                .contains("was imported");
        assertThat(refused(
                        server, key, ErrorCode.INVALID_REQUEST, "/v1/jobs", "{'kind': 'ppo', 'retrain': 'support@1'}"))
                .contains("of kind lora");
        assertThat(refused(
                        server,
                        key,
                        ErrorCode.CONFLICT,
                        "/v1/jobs",
                        "{'kind': 'lora', 'adapter': 'support', 'dataset': 'tickets', 'from': 'support@1'}"))
                .contains("cannot go on from support@1", OLD_NAME);
        refused(server, stranger, ErrorCode.NOT_FOUND, "/v1/jobs", "{'retrain': 'support@1'}");
        assertThat(server.call(key, "DELETE", "/v1/datasets/tickets/versions/1", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(refused(server, key, ErrorCode.CONFLICT, "/v1/jobs", "{'retrain': 'support@1'}"))
                .contains("tickets@1", "not there any more");
    }

    private void withoutTheOldBase(PackagedServer server, JsonNode second) {
        JsonNode models = server.get(key, "GET", "/v1/models", "").get("items");
        assertThat(models.findValuesAsText("name")).containsExactly(NEW_NAME, OLD_NAME);
        assertThat(models.findValuesAsText("state")).containsExactly("current", "retired");
        assertThat(server.get(stranger, "GET", "/v1/models", "").get("items").findValuesAsText("name"))
                .containsExactly(NEW_NAME);

        assertThat(refused(server, key, ErrorCode.CONFLICT, "/v1/classify", inputs(adapted("support@1"))))
                .contains(
                        "support@1 belongs to the base model " + OLD_NAME,
                        "POST /v1/jobs {\"retrain\": \"support@1\"}");
        assertThat(refused(server, key, ErrorCode.CONFLICT, "/v1/classify", inputs(adapted("stays"))))
                .contains("It was imported");
        refused(server, key, ErrorCode.CONFLICT, "/v1/classify", inputs(adapted("plain@1")));
        refused(server, key, ErrorCode.CONFLICT, "/v1/adapters/support/promote", "{'version': 1}");
        refused(server, key, ErrorCode.CONFLICT, "/v1/adapters/support/rollback", "{}");
        refused(
                server,
                key,
                ErrorCode.CONFLICT,
                "/v1/jobs",
                "{'kind': 'evaluate', 'adapter': 'support@1', 'dataset': 'holdout'}");
        HttpResponse<String> canary =
                server.call(key, "PUT", "/v1/adapters/support/canary", "{'version': 1, 'percent': 5}");
        Problems.expect(ErrorCode.CONFLICT, canary);
        refused(server, stranger, ErrorCode.NOT_FOUND, "/v1/classify", inputs(adapted("support@1")));

        assertThat(scores(server, "support")).isEqualTo(second);
        promote(server, "support", 3);
        assertThat(classify(server, ZERO_SHOT).get("model").asText()).isEqualTo(NEW_NAME);
        JsonNode judged = job(server, "{'kind': 'evaluate', 'adapter': 'support@2', 'dataset': 'holdout'}");
        assertThat(judged.at("/result/rows").asInt()).isEqualTo(16);
    }

    @Test
    void basesThatCannotBeToldApartAreRefusedAtOnce() throws IOException {
        try (PackagedServer server = server(OLD, NEW, OLD)) {
            assertThat(server.awaitEnd()).isNotZero();
        }
        assertThat(Files.readString(log)).contains("The base model " + OLD_NAME + " is named twice");
    }

    private void upload(PackagedServer server, String name, int first) {
        server.get(key, "POST", "/v1/datasets", "{'name': '" + name + "'}");
        String rows = IntStream.range(first, first + 8)
                .mapToObj(
                        i -> row("invoice " + i + " is wrong", "billing") + row("parcel " + i + " is late", "delivery"))
                .collect(Collectors.joining());
        HttpResponse<String> response = server.send(
                key,
                "POST",
                "/v1/datasets/" + name + "/versions",
                "application/jsonl",
                BodyPublishers.ofString(rows),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        server.await(
                key,
                "/v1/datasets/" + name + "/versions/1",
                version -> version.path("state").asText().equals("ready"));
    }

    private static String row(String text, String label) {
        return "{\"text\": \"" + text + "\", \"label\": \"" + label + "\"}\n";
    }

    private JsonNode job(PackagedServer server, String request) {
        String id = server.get(key, "POST", "/v1/jobs", request).get("id").asText();
        JsonNode ended = server.await(key, "/v1/jobs/" + id, job -> job.has("ended_at"));
        assertThat(ended.get("state").asText()).as(ended.toString()).isEqualTo("succeeded");
        return ended;
    }

    private void promote(PackagedServer server, String adapter, int version) {
        server.get(key, "POST", "/v1/adapters/" + adapter + "/promote", "{'version': " + version + "}");
    }

    private JsonNode importZip(PackagedServer server, String name, byte[] zip) {
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

    private static byte[] withoutSettings(byte[] zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                files.put(entry.getName(), entries.readAllBytes());
            }
        }
        files.keySet().removeIf(name -> name.endsWith("taxon.json"));
        return AdapterZips.zip(files);
    }

    private static String adapted(String adapter) {
        return "{'text': '" + TEXT + "', 'labels': ['billing', 'delivery'], 'adapter': '" + adapter + "'}";
    }

    private static String inputs(String... inputs) {
        return "{'inputs': [" + String.join(", ", inputs) + "]}";
    }

    private JsonNode classify(PackagedServer server, String... inputs) {
        return server.get(key, "POST", "/v1/classify", inputs(inputs));
    }

    private JsonNode scores(PackagedServer server, String adapter) {
        return classify(server, adapted(adapter)).at("/results/0/scores");
    }

    /** What shares a batch changes scores by rounding at most. */
    private static void assertAlike(JsonNode scores, JsonNode expected) {
        assertThat(scores).hasSameSizeAs(expected);
        expected.fields()
                .forEachRemaining(label -> assertThat(scores.get(label.getKey()).asDouble())
                        .isCloseTo(label.getValue().asDouble(), within(1e-5)));
    }

    private static String refused(PackagedServer server, String caller, ErrorCode code, String path, String body) {
        return String.valueOf(
                Problems.expect(code, server.call(caller, "POST", path, body)).detail());
    }
}
