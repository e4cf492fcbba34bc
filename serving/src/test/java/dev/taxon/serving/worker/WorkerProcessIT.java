package dev.taxon.serving.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.database.AcrossTenants;
import dev.taxon.serving.fixture.JobLine;
import dev.taxon.serving.fixture.ServerProcess;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.queue.HeldJobs;
import dev.taxon.serving.tenant.Scope;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server as a worker: real jobs on the built-in model, from the request to what came of it. */
@QuarkusTest
class WorkerProcessIT extends ServerTest {
    private static final String TRAINING =
            "{\"kind\": \"lora\", \"adapter\": \"support\", \"dataset\": \"tickets\", \"seed\": 7,"
                    + " \"hyperparameters\": {\"rank\": 4, \"epochs\": 3}}";
    private static final Duration TAKEN_UP_WITHIN = Duration.ofSeconds(30);
    private static final int KILLS = 20;

    @TempDir
    Path folder = Path.of("");

    @Inject
    AcrossTenants across;

    @Inject
    HeldJobs held;

    private JobCalls tenant = new JobCalls("");
    private ServerProcess worker = ServerProcess.NONE;

    @BeforeEach
    void startWorker() {
        JobLine.empty(across, held);
        tenant = new JobCalls(newKey("worker-" + UUID.randomUUID(), Scope.all()).token());
        worker = ServerProcess.worker(folder);
    }

    @AfterEach
    void killWorker() {
        worker.kill();
    }

    @Test
    void anAdapterIsTrainedAndPublishedJudgedAndAsked() {
        tenant.dataset("tickets");

        JsonNode trained = tenant.awaitSuccess(tenant.create(TRAINING)).get("result");
        JsonNode version = tenant.send("GET", "/v1/adapters/support/versions/1", null, "application/json");
        assertThat(trained.get("version").asInt()).isEqualTo(1);
        assertThat(trained.at("/metrics/rows").asInt()).isEqualTo(16);
        assertThat(version.get("digest")).isEqualTo(trained.get("digest"));
        assertThat(version.at("/lineage/dataset_version").asInt()).isEqualTo(1);
        assertThat(version.at("/lineage/seed").asInt()).isEqualTo(7);
        assertThat(version.at("/lineage/base_digest").asText()).hasSize(64);

        JsonNode judged = tenant.awaitSuccess(
                tenant.create("{\"kind\": \"evaluate\", \"adapter\": \"support@1\", \"dataset\": \"tickets\"}"));
        assertThat(judged.at("/result/rows").asInt()).isEqualTo(16);
        assertThat(judged.at("/result/intervals/accuracy/low").isNumber()).isTrue();
        assertThat(judged.get("result").has("mistakes")).isFalse();

        String asked = tenant.create("{\"kind\": \"classify\", \"adapter\": \"support@1\", \"texts\": [\"where is my"
                + " parcel\", \"pay my invoice\"]}");
        tenant.awaitSuccess(asked);
        HttpResponse<String> lines = tenant.response("GET", "/v1/jobs/" + asked + "/result", null, "application/json");
        assertThat(lines.body().lines()).hasSize(2).allMatch(line -> line.contains("\"adapter\":\"support@1\""));

        JsonNode rewarded = tenant.awaitSuccess(tenant.create("{\"kind\": \"ppo\", \"adapter\": \"support\", \"from\":"
                + " \"support@1\", \"dataset\": \"tickets\", \"hyperparameters\": {\"epochs\": 1}}"));
        assertThat(rewarded.at("/result/version").asInt()).isEqualTo(2);
    }

    @Test
    void aJobWhoseWorkerIsKilledEndsAsIfNothingHadHappened() {
        tenant.dataset("tickets");
        String undisturbed = digest(tenant.awaitSuccess(tenant.create(TRAINING)));
        String job = tenant.create(TRAINING);
        tenant.awaitCheckpoint(job, 6);

        worker.kill();
        Instant killed = Instant.now();
        worker = ServerProcess.worker(folder);

        tenant.await("/v1/jobs/" + job, found -> found.get("attempts").asInt() > 1);
        assertThat(Duration.between(killed, Instant.now())).isLessThan(TAKEN_UP_WITHIN);
        JsonNode ended = tenant.awaitSuccess(job);
        assertThat(digest(ended)).isEqualTo(undisturbed);
        assertThat(ended.at("/result/version").asInt()).isEqualTo(2);
    }

    @Test
    @Tag("soak")
    void jobsEndTheSameWheneverTheirWorkerIsKilled() throws InterruptedException {
        tenant.dataset("tickets");
        String undisturbed = digest(tenant.awaitSuccess(tenant.create(TRAINING)));
        Random random = new Random(1);
        for (int round = 1; round <= KILLS; round++) {
            String job = tenant.create(TRAINING);
            Thread.sleep(random.nextInt(12_000));
            worker.kill();
            worker = ServerProcess.worker(folder);
            JsonNode ended = tenant.awaitSuccess(job);
            assertThat(digest(ended)).as("round " + round).isEqualTo(undisturbed);
            assertThat(ended.at("/result/version").asInt()).isEqualTo(round + 1);
        }
    }

    private static String digest(JsonNode job) {
        return job.at("/result/digest").asText();
    }

    @Test
    void jobsWaitForTheFilesThatTheyAreAboutAndSayWhenOneWasRefused() {
        tenant.upload("tickets", JobCalls.rows());
        String good = tenant.create("{\"kind\": \"evaluate\", \"dataset\": \"tickets\"}");
        tenant.upload("others", "{\"text\": \"a goal\", \"label\": \"sports\"}\nnonsense\n");
        String bad = tenant.create("{\"kind\": \"evaluate\", \"dataset\": \"others\"}");

        assertThat(tenant.awaitSuccess(good).at("/result/dataset_version").asInt())
                .isEqualTo(1);
        JsonNode failed = tenant.awaitEnd(bad);
        assertThat(failed.path("state").asText()).isEqualTo("failed");
        assertThat(failed.at("/problem/code").asText()).isEqualTo("conflict");
        assertThat(failed.at("/problem/detail").asText()).contains("cannot be used: Line 2");
        assertThat(failed.path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void aCancelledJobMakesRoomAndAJobWhoseDataAreGoneSaysSo() {
        tenant.dataset("tickets");
        tenant.dataset("others");
        String wanted = tenant.create(TRAINING);
        String doomed = tenant.create("{\"kind\": \"evaluate\", \"dataset\": \"others\"}");
        tenant.await("/v1/jobs/" + wanted, found -> found.path("state").asText().equals("running"));
        tenant.response("DELETE", "/v1/datasets/others/versions/1", null, "application/json");

        JsonNode cancelled = tenant.send("POST", "/v1/jobs/" + wanted + "/cancel", null, "application/json");

        assertThat(cancelled.path("state").asText()).isEqualTo("cancelled");
        JsonNode failed = tenant.awaitEnd(doomed);
        assertThat(failed.path("state").asText()).isEqualTo("failed");
        assertThat(failed.at("/problem/code").asText()).isEqualTo("not_found");
        assertThat(failed.at("/problem/detail").asText()).contains("Upload the rows again");
        assertThat(tenant.awaitEnd(wanted).path("state").asText()).isEqualTo("cancelled");
        assertThat(tenant.response("GET", "/v1/adapters/support/versions/1", null, "application/json")
                        .statusCode())
                .isEqualTo(404);
    }
}
