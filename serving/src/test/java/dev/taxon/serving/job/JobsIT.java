package dev.taxon.serving.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.queue.Attempt;
import dev.taxon.serving.queue.Claim;
import dev.taxon.serving.queue.HeldJobs;
import dev.taxon.serving.queue.JobClaims;
import dev.taxon.serving.queue.JobKind;
import dev.taxon.serving.queue.JobQueue;
import dev.taxon.serving.queue.JobResults;
import dev.taxon.serving.queue.JobState.Queued;
import dev.taxon.serving.queue.JobState.Running;
import dev.taxon.serving.queue.JobState.Unfinished;
import dev.taxon.serving.queue.Lane;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs over HTTP, without a worker: the test does what one would. */
@QuarkusTest
class JobsIT extends ServerTest {
    @Inject
    TenantTransactions transactions;

    @Inject
    JobQueue queue;

    @Inject
    JobClaims claims;

    @Inject
    HeldJobs held;

    @Inject
    JobResults results;

    private UUID tenant = new UUID(0, 0);

    @BeforeEach
    void makeTenant() {
        emptyTheLine();
        String name = "jobs-" + UUID.randomUUID();
        tenant = new TenantKeys(dataSource).findOrCreate(name).id();
        token = newKey(name, Scope.all()).token();
    }

    @AfterEach
    void emptyTheLine() {
        for (Optional<Claim> left = claim(); left.isPresent(); left = claim()) {
            held.enterFrom(left.get().attempt(), Unfinished::cancel);
        }
    }

    private Optional<Claim> claim() {
        return claims.claim(UUID.randomUUID(), Lane.HEAVY);
    }

    @Test
    void refusesWhatIsNotInOrderAndSaysWhere() {
        HttpResponse<String> answer = post(
                "/v1/jobs",
                "{\"kind\": \"lora\", \"adapter\": \"a\", \"dataset\": \"d\","
                        + " \"hyperparameters\": {\"rank\": 1000}}");

        assertThat(Problems.expect(ErrorCode.INVALID_REQUEST, answer).at()).isEqualTo("hyperparameters.rank");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\": \"lora\", \"adapter\": \"a\", \"dataset\": \"nobodys\"}",
                "{\"kind\": \"evaluate\", \"adapter\": \"nobodys\", \"dataset\": \"d\"}",
                "{\"kind\": \"classify\", \"adapter\": \"nobodys@1\", \"texts\": [\"x\"]}",
                "{\"kind\": \"ppo\", \"adapter\": \"a\", \"from\": \"nobodys@2\", \"dataset\": \"d\"}"
            })
    void findsWhatIsNamedOrSaysSo(String request) {
        Problems.expect(ErrorCode.NOT_FOUND, post("/v1/jobs", request));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kind\": \"tune\"}", "{\"kind\": \"lora\", \"epochs\": 3}"})
    void knowsNoOtherWords(String request) {
        assertThat(post("/v1/jobs", request).statusCode()).isEqualTo(400);
    }

    @Test
    void asksForWorkAndSeesIt() {
        JsonNode made =
                Http.json(post("/v1/jobs", "{\"kind\": \"classify\", \"texts\": [\"x\"], \"labels\": [\"a\", \"b\"]}"));

        JsonNode seen = Http.json(get("/v1/jobs/" + made.get("id").asText()));

        assertThat(seen).isEqualTo(made);
        assertThat(seen.path("state").asText()).isEqualTo("queued");
        assertThat(seen.at("/request/labels/1").asText()).isEqualTo("b");
        assertThat(seen.get("request").has("texts")).as("texts are not shown").isFalse();
        assertThat(claim().orElseThrow().attempt().tenant()).isEqualTo(tenant);
    }

    @Test
    void aLimitThatIsNoNumberIsRefusedWithItsPlace() {
        for (String limit : List.of("many", "2147483648", "1.5")) {
            HttpResponse<String> answer = get("/v1/jobs?limit=" + limit);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(Http.json(answer).get("at").asText()).isEqualTo("limit");
        }
    }

    @Test
    void listsTheNewestFirstInPagesAndByState() {
        List<String> ids =
                IntStream.range(0, 5).mapToObj(number -> enqueue().toString()).toList();
        post("/v1/jobs/" + ids.get(2) + "/cancel", "");

        JsonNode first = Http.json(get("/v1/jobs?limit=3"));
        JsonNode second =
                Http.json(get("/v1/jobs?limit=3&after=" + first.get("next").asText()));

        assertThat(first.get("items").findValuesAsText("id")).containsExactly(ids.get(4), ids.get(3), ids.get(2));
        assertThat(second.get("items").findValuesAsText("id")).containsExactly(ids.get(1), ids.get(0));
        assertThat(second.has("next")).isFalse();
        assertThat(Http.json(get("/v1/jobs?state=cancelled")).get("items").findValuesAsText("id"))
                .containsExactly(ids.get(2));
        Problems.expect(ErrorCode.INVALID_REQUEST, get("/v1/jobs?state=asleep"));
    }

    @Test
    void anothersJobIsNotThere() {
        UUID job = enqueue();
        String path = "/v1/jobs/" + job;
        token = newKey("jobs-" + UUID.randomUUID(), Scope.all()).token();

        for (String each : List.of(path, path + "/events", path + "/result", "/v1/jobs/77")) {
            Problems.expect(ErrorCode.NOT_FOUND, get(each));
        }
        Problems.expect(ErrorCode.NOT_FOUND, post(path + "/cancel", ""));
        assertThat(Http.json(get("/v1/jobs")).get("items")).isEmpty();
    }

    @Test
    void needsTheScopeToTrain() {
        token = newKey("jobs-" + UUID.randomUUID(), EnumSet.complementOf(EnumSet.of(Scope.TRAIN)))
                .token();

        Problems.expect(ErrorCode.FORBIDDEN, get("/v1/jobs"));
        Problems.expect(ErrorCode.FORBIDDEN, post("/v1/jobs", "{}"));
    }

    @Test
    void cancelsOnceAndForAll() {
        UUID job = enqueue();
        Attempt attempt = claim().orElseThrow().attempt();
        held.enter(attempt, new Queued().takeUp());

        JsonNode cancelled = Http.json(post("/v1/jobs/" + job + "/cancel", ""));

        assertThat(cancelled.path("state").asText()).isEqualTo("cancelled");
        assertThat(cancelled.has("ended_at")).isTrue();
        assertThat(post("/v1/jobs/" + job + "/cancel", "").statusCode()).isEqualTo(200);
        Problems.expect(ErrorCode.CONFLICT, get("/v1/jobs/" + job + "/result"));
    }

    @Test
    void whatHasEndedIsNotCancelledAndAnImportNever() {
        UUID job = enqueue();
        held.enter(
                claim().orElseThrow().attempt(),
                new Running().succeed(JsonNodeFactory.instance.objectNode().put("rows", 0)));
        UUID imported = transactions.in(
                tenant,
                () -> queue.enqueue(JobKind.IMPORT, JsonNodeFactory.instance.objectNode(), null, UUID.randomUUID()));

        Problems.expect(ErrorCode.CONFLICT, post("/v1/jobs/" + job + "/cancel", ""));
        Problems.expect(ErrorCode.CONFLICT, post("/v1/jobs/" + imported + "/cancel", ""));
        transactions.sql(
                tenant,
                connection ->
                        connection.createStatement().executeUpdate("DELETE FROM job WHERE id = '" + imported + "'"));
    }

    @Test
    void eventsComeLiveFromWhereTheCallerWasAndEndWithTheJob() {
        UUID job = enqueue();
        Attempt attempt = claim().orElseThrow().attempt();
        held.enter(attempt, new Queued().takeUp());
        held.enter(attempt, new Running());
        CompletableFuture<HttpResponse<String>> watched =
                Http.sendLater(authorized("/v1/jobs/" + job + "/events").header("Last-Event-ID", "1"));
        held.tell(attempt, "step", JsonNodeFactory.instance.objectNode().put("step", 1));
        held.enter(attempt, new Running().succeed(JsonNodeFactory.instance.objectNode()));

        HttpResponse<String> events =
                watched.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();

        assertThat(events.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(events.body().lines().filter(line -> line.startsWith("id:")))
                .containsExactly("id:2", "id:3", "id:4");
        assertThat(events.body().lines().filter(line -> line.startsWith("event:")))
                .containsExactly("event:state", "event:step", "event:state");
        Problems.expect(
                ErrorCode.INVALID_REQUEST,
                Http.send(authorized("/v1/jobs/" + job + "/events").header("Last-Event-ID", "first")));
    }

    @Test
    void linesOfAClassificationAreItsResult() {
        UUID job = transactions.in(
                tenant, () -> queue.enqueue(JobKind.CLASSIFY, JsonNodeFactory.instance.objectNode(), null, null));
        Attempt attempt = claim().orElseThrow().attempt();
        results.append(attempt, "{\"id\":\"1\"}\n".getBytes(StandardCharsets.UTF_8), 1);
        results.append(attempt, "{\"id\":\"2\"}\n".getBytes(StandardCharsets.UTF_8), 2);
        held.enter(
                attempt,
                new Running().succeed(JsonNodeFactory.instance.objectNode().put("rows", 2)));

        HttpResponse<String> lines = get("/v1/jobs/" + job + "/result");

        assertThat(lines.headers().firstValue("Content-Type").orElse("")).startsWith("application/jsonl");
        assertThat(lines.body()).isEqualTo("{\"id\":\"1\"}\n{\"id\":\"2\"}\n");
    }

    @Test
    void aResultMayHoldWhatIsNotKnown() {
        UUID job = enqueue();
        held.enter(
                claim().orElseThrow().attempt(),
                new Running().succeed(JsonNodeFactory.instance.objectNode().putNull("macro_f1")));

        assertThat(get("/v1/jobs/" + job).statusCode()).isEqualTo(200);
        assertThat(get("/v1/jobs/" + job + "/result").body()).isEqualTo("{\"macro_f1\":null}");
    }

    private UUID enqueue() {
        return transactions.in(
                tenant, () -> queue.enqueue(JobKind.LORA, JsonNodeFactory.instance.objectNode(), "support", null));
    }

    private HttpResponse<String> get(String path) {
        return Http.send(authorized(path));
    }

    private HttpResponse<String> post(String path, String body) {
        return Http.send(authorized(path).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder authorized(String path) {
        return Http.to(path)
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }
}
