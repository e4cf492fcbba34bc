package dev.taxon.serving.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.fixture.PackagedServer;
import dev.taxon.serving.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What versions that are trained again are compared on: the packaged server with a small model. */
class RetrainedVersionsIT {
    private static final Path MODEL = Path.of("../core/src/test/resources/oracle/bert-simple-first");
    private static final String TRAINING =
            "{'kind': 'lora', 'adapter': 'support', 'dataset': 'tickets', 'hyperparameters': {'rank': 4, 'epochs': 1}}";

    @TempDir
    static Path folder = Path.of("");

    private static EmbeddedPostgres database;
    private static PackagedServer server;

    private BaseCalls own;

    @BeforeAll
    static void startServer() throws IOException {
        database = EmbeddedPostgres.start(folder);
        Path log = Path.of("target/retrained-versions.log").toAbsolutePath();
        Files.deleteIfExists(log);
        server = PackagedServer.start(database, log, MODEL).awaitReady();
    }

    @AfterAll
    static void stopServer() {
        server.close();
        database.close();
    }

    @BeforeEach
    void trainOnce() {
        own = new BaseCalls(server, BaseCalls.newKey(database, "retrains-" + UUID.randomUUID()));
        own.upload("tickets", 0);
        own.job(TRAINING);
    }

    @Test
    void notOnRowsThatAVersionHadLearnedWhichTheyWentOnFrom() {
        own.job("{'kind': 'lora', 'adapter': 'support', 'dataset': 'tickets', 'from': 'support@1',"
                + " 'hyperparameters': {'epochs': 1}}");

        JsonNode ended = own.job("{'retrain': 'support@2', 'seed': 8}");

        assertThat(ended.at("/request/from").asText()).isEqualTo("support@1");
        assertThat(notCompared(ended)).contains("no version which they went on from had learned");
    }

    @Test
    void onOthersOnlyWithoutTheRowsThatAVersionHadLearnedWhichTheyWentOnFrom() {
        own.upload("fresh", 20);
        own.upload("mixed", 4);
        own.job("{'kind': 'lora', 'adapter': 'support', 'dataset': 'fresh', 'from': 'support@1',"
                + " 'hyperparameters': {'epochs': 1}}");

        JsonNode ended = own.job("{'retrain': 'support@2', 'compare_on': 'mixed', 'seed': 8}");

        // Rows 4 to 7 of both labels were learned by the first version.
        assertThat(ended.at("/result/metrics/against_retrained_from/rows").asInt())
                .as(ended.toString())
                .isEqualTo(8);
    }

    @Test
    void onOthersOnlyWithoutTheTextsThatPeopleJudgedAndAVersionLearnedFrom() {
        own.get("PUT", "/v1/settings", "{'capture_texts': true, 'feedback': true}");
        for (String text : List.of("invoice 20 is wrong", "parcel 21 is late")) {
            JsonNode answer = own.get("POST", "/v1/classify", "{'texts': ['" + text + "'], 'adapter': 'support@1'}");
            own.get(
                    "POST",
                    "/v1/feedback",
                    "{'request_id': '" + answer.get("request_id").asText() + "', 'index': 0, 'verdict': 'accepted'}");
        }
        own.upload("fresh", 20);
        own.job("{'kind': 'ppo', 'adapter': 'support', 'from': 'support@1', 'feedback': true, 'dataset': 'tickets',"
                + " 'hyperparameters': {'epochs': 1}}");

        JsonNode ended = own.job("{'retrain': 'support@2', 'compare_on': 'fresh', 'seed': 8}");

        assertThat(ended.at("/result/metrics/against_retrained_from/rows").asInt())
                .as(ended.toString())
                .isEqualTo(14);
    }

    @Test
    void publishedThoughTheRowsToCompareThemOnDoNotFitTheModel() {
        // Short enough for a data set, and too long for the model.
        String endless = "a b ".repeat(1_000).strip();
        own.upload("odd", BaseCalls.row("pay", endless) + BaseCalls.row("send", "other"));

        JsonNode ended = own.job("{'retrain': 'support@1', 'compare_on': 'odd'}");

        assertThat(ended.get("attempts").asInt()).isEqualTo(1);
        assertThat(ended.at("/result/version").asInt()).isEqualTo(2);
        assertThat(notCompared(ended)).contains("compare_on").doesNotContain("a b a b");
    }

    private static String notCompared(JsonNode job) {
        return job.at("/result/metrics/against_retrained_from/not_compared").asText();
    }
}
