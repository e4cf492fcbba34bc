package dev.taxon.serving.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.PackagedServer;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator brings a new base model: the packaged server on one database, started with one base, with both, and with the other. */
class SeveralBasesIT {
    private static final Path OLD = Path.of("../core/src/test/resources/oracle/bert-simple-first");
    private static final Path NEW = Path.of("../core/src/test/resources/oracle/bert-mlp-avg-text-first");
    private static final String OLD_NAME = OLD.getFileName().toString();
    private static final String NEW_NAME = NEW.getFileName().toString();
    private static final String ZERO_SHOT = "{'text': 'the parcel is late', 'labels': ['billing', 'delivery']}";

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

    @Test
    void versionsAnswerByTheirBaseAndAreTrainedAgainOnTheNewOne() throws IOException {
        Before before;
        try (PackagedServer server = server(OLD).awaitReady()) {
            key = BaseCalls.newKey(database, "acme");
            stranger = BaseCalls.newKey(database, "globex");
            before = onTheOldBase(new BaseCalls(server, key));
        }
        JsonNode second;
        try (PackagedServer server = server(NEW, OLD).awaitReady()) {
            BaseCalls own = new BaseCalls(server, key);
            besideEachOther(own, before);
            second = trainedAgain(own, before);
            trainedAgainFromRewards(own);
            followedByAShadowOfTheOldBase(own);
            refusedWithBoth(own);
        }
        try (PackagedServer server = server(NEW).awaitReady()) {
            withoutTheOldBase(new BaseCalls(server, key), second);
        }
    }

    /** What stood before the new base came. */
    private record Before(JsonNode support, JsonNode unverified, byte[] zip) {}

    private Before onTheOldBase(BaseCalls own) throws IOException {
        own.upload("tickets", 0);
        own.upload("holdout", 4);
        own.job("{'kind': 'lora', 'adapter': 'support', 'dataset': 'tickets', 'seed': 7, 'hyperparameters': {'rank': 4,"
                + " 'epochs': 2}}");
        own.promote("support", 1);
        own.job("{'kind': 'ppo', 'adapter': 'rewarded', 'dataset': 'tickets', 'from': 'support@1', 'hyperparameters':"
                + " {'epochs': 1}}");
        byte[] zip = own.export("support", 1);
        assertThat(own.importZip("stays", zip).at("/base/verified").asBoolean()).isTrue();
        own.promote("stays", 1);
        assertThat(own.importZip("plain", BaseCalls.withoutSettings(zip))
                        .at("/base/verified")
                        .asBoolean())
                .isFalse();
        return new Before(own.scores("support@1"), own.scores("plain@1"), zip);
    }

    private void besideEachOther(BaseCalls own, Before before) {
        JsonNode models = own.get("GET", "/v1/models", "").get("items");
        assertThat(models.findValuesAsText("name")).containsExactly(NEW_NAME, OLD_NAME);
        assertThat(models.findValuesAsText("state")).containsExactly("current", "deprecated");

        assertThat(own.scores("support@1")).isEqualTo(before.support());
        assertThat(own.scores("support")).isEqualTo(before.support());
        assertThat(own.scores("plain@1")).isEqualTo(before.unverified());
        assertThat(own.importZip("again", before.zip()).at("/base/name").asText())
                .isEqualTo(OLD_NAME);

        JsonNode alone = own.classify(ZERO_SHOT);
        JsonNode old = own.classify(BaseCalls.adapted("support@1"));
        JsonNode mixed = own.classify(BaseCalls.adapted("support@1"), ZERO_SHOT, BaseCalls.adapted("support"));
        assertThat(alone.get("model").asText()).isEqualTo(NEW_NAME);
        assertThat(old.get("model").asText()).isEqualTo(OLD_NAME);
        assertThat(mixed.get("model").asText()).isEqualTo(NEW_NAME);
        BaseCalls.assertAlike(mixed.at("/results/0/scores"), before.support());
        BaseCalls.assertAlike(mixed.at("/results/1/scores"), alone.at("/results/0/scores"));
        BaseCalls.assertAlike(mixed.at("/results/2/scores"), before.support());
        assertThat(own.as("").call("GET", "/q/metrics", "").body())
                .contains("taxon_rows_total{base=\"" + NEW_NAME + "\"}", "taxon_rows_total{base=\"" + OLD_NAME + "\"}");
    }

    private JsonNode trainedAgain(BaseCalls own, Before before) {
        JsonNode job = own.job("{'retrain': 'support@1'}");
        assertThat(job.at("/request/hyperparameters/rank").asInt()).isEqualTo(4);
        assertThat(job.at("/result/version").asInt()).isEqualTo(2);
        JsonNode version = own.get("GET", "/v1/adapters/support/versions/2", "");
        assertThat(version.at("/base/name").asText()).isEqualTo(NEW_NAME);
        assertThat(version.at("/lineage/retrained_from").asText()).isEqualTo("support@1");
        assertThat(version.at("/lineage/seed").asInt()).isEqualTo(7);
        JsonNode compared = version.at("/metrics/against_retrained_from");
        assertThat(compared.get("on").asText()).isEqualTo("tickets@1");
        assertThat(compared.get("rows").asInt()).isEqualTo(16);
        assertThat(compared.at("/mcnemar/p_value").isNumber()).isTrue();
        JsonNode former = own.get("GET", "/v1/adapters/support/versions/1", "");
        assertThat(compared.at("/first/accuracy")).isEqualTo(former.at("/metrics/accuracy"));
        assertThat(compared.at("/second/accuracy")).isEqualTo(version.at("/metrics/accuracy"));

        JsonNode other = own.job("{'kind': 'lora', 'retrain': 'support@1', 'compare_on': 'holdout', 'seed': 8}");
        assertThat(other.at("/result/version").asInt()).isEqualTo(3);
        JsonNode held = other.at("/result/metrics/against_retrained_from");
        assertThat(held.get("on").asText()).isEqualTo("holdout@1");
        // Half of its rows are in the other data set, too.
        assertThat(held.get("rows").asInt()).isEqualTo(8);

        own.promote("support", 2);
        JsonNode second = own.scores("support@2");
        assertThat(second).isNotEqualTo(before.support());
        assertThat(own.scores("support")).isEqualTo(second);
        assertThat(own.scores("support@1")).isEqualTo(before.support());
        return second;
    }

    private void trainedAgainFromRewards(BaseCalls own) {
        assertThat(own.refused(ErrorCode.CONFLICT, "/v1/jobs", "{'retrain': 'rewarded@1'}"))
                .contains("cannot go on from support@1, which belongs to " + OLD_NAME);
        JsonNode job = own.job("{'retrain': 'rewarded@1', 'from': 'support@2'}");
        assertThat(job.at("/result/version").asInt()).isEqualTo(2);
        // So few rows are all learned from, and what both have learned tells nothing.
        assertThat(job.at("/result/metrics/against_retrained_from/not_compared").asText())
                .contains("compare_on");
    }

    private void followedByAShadowOfTheOldBase(BaseCalls own) {
        own.get("PUT", "/v1/adapters/support/shadow", "{'version': 1}");
        own.scores("support");
        JsonNode comparison = own.await(
                "/v1/adapters/support/comparison?active=2&other=1",
                found -> found.path("texts").asInt() > 0);
        assertThat(comparison.at("/pairs/0/texts").asInt()).isPositive();
        own.get("PUT", "/v1/adapters/support/shadow", "{'version': null}");
    }

    private void refusedWithBoth(BaseCalls own) {
        assertThat(own.refused(ErrorCode.CONFLICT, "/v1/jobs", "{'retrain': 'stays@1'}"))
                .contains("was imported");
        assertThat(own.refused(ErrorCode.INVALID_REQUEST, "/v1/jobs", "{'kind': 'ppo', 'retrain': 'support@1'}"))
                .contains("of kind lora");
        assertThat(own.refused(
                        ErrorCode.CONFLICT,
                        "/v1/jobs",
                        "{'kind': 'lora', 'adapter': 'support', 'dataset': 'tickets', 'from': 'support@1'}"))
                .contains("cannot go on from support@1", OLD_NAME);
        own.as(stranger).refused(ErrorCode.NOT_FOUND, "/v1/jobs", "{'retrain': 'support@1'}");
        assertThat(own.call("DELETE", "/v1/datasets/tickets/versions/1", "").statusCode())
                .isEqualTo(204);
        assertThat(own.refused(ErrorCode.CONFLICT, "/v1/jobs", "{'retrain': 'support@1'}"))
                .contains("tickets@1", "not there any more");
    }

    private void withoutTheOldBase(BaseCalls own, JsonNode second) {
        JsonNode models = own.get("GET", "/v1/models", "").get("items");
        assertThat(models.findValuesAsText("name")).containsExactly(NEW_NAME, OLD_NAME);
        assertThat(models.findValuesAsText("state")).containsExactly("current", "retired");
        JsonNode first = own.get("GET", "/v1/models?limit=1", "");
        assertThat(first.get("items").findValuesAsText("name")).containsExactly(NEW_NAME);
        String after = URLEncoder.encode(first.get("next").asText(), StandardCharsets.UTF_8);
        JsonNode last = own.get("GET", "/v1/models?limit=1&after=" + after, "");
        assertThat(last.get("items").findValuesAsText("name")).containsExactly(OLD_NAME);
        assertThat(last.has("next")).isFalse();
        assertThat(own.as(stranger).get("GET", "/v1/models", "").get("items").findValuesAsText("name"))
                .containsExactly(NEW_NAME);

        assertThat(own.refused(ErrorCode.CONFLICT, "/v1/classify", BaseCalls.inputs(BaseCalls.adapted("support@1"))))
                .contains(
                        "support@1 belongs to the base model " + OLD_NAME,
                        "POST /v1/jobs {\"retrain\": \"support@1\"}");
        assertThat(own.refused(ErrorCode.CONFLICT, "/v1/classify", BaseCalls.inputs(BaseCalls.adapted("stays"))))
                .contains("It was imported");
        own.refused(ErrorCode.CONFLICT, "/v1/classify", BaseCalls.inputs(BaseCalls.adapted("plain@1")));
        own.refused(ErrorCode.CONFLICT, "/v1/adapters/support/promote", "{'version': 1}");
        own.refused(ErrorCode.CONFLICT, "/v1/adapters/support/rollback", "{}");
        own.refused(
                ErrorCode.CONFLICT, "/v1/jobs", "{'kind': 'evaluate', 'adapter': 'support@1', 'dataset': 'holdout'}");
        HttpResponse<String> canary = own.call("PUT", "/v1/adapters/support/canary", "{'version': 1, 'percent': 5}");
        Problems.expect(ErrorCode.CONFLICT, canary);
        own.as(stranger).refused(ErrorCode.NOT_FOUND, "/v1/classify", BaseCalls.inputs(BaseCalls.adapted("support@1")));

        assertThat(own.scores("support")).isEqualTo(second);
        own.promote("support", 3);
        assertThat(own.classify(ZERO_SHOT).get("model").asText()).isEqualTo(NEW_NAME);
        JsonNode judged = own.job("{'kind': 'evaluate', 'adapter': 'support@2', 'dataset': 'holdout'}");
        assertThat(judged.at("/result/rows").asInt()).isEqualTo(16);
    }

    @Test
    void basesThatCannotBeToldApartAreRefusedAtOnce() throws IOException {
        try (PackagedServer server = server(OLD, NEW, OLD)) {
            assertThat(server.awaitEnd()).isNotZero();
        }
        assertThat(Files.readString(log)).contains("The base model " + OLD_NAME + " is named twice");
    }

    /** The built-in model is read before there are settings, and libtorch with it. */
    @Test
    void theBuiltInModelNamedTwiceIsRefusedAtOnce() throws IOException {
        Map<String, String> settings = new HashMap<>(PackagedServer.settings(log, OLD, Path.of("taxon-small")));
        settings.remove("TAXON_MODEL");
        try (PackagedServer server = PackagedServer.start(database, log, settings)) {
            assertThat(server.awaitEnd()).isNotZero();
        }
        assertThat(Files.readString(log)).contains("The base model taxon-small is named twice");
    }
}
