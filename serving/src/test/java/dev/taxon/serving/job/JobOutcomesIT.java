package dev.taxon.serving.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.queue.Attempt;
import dev.taxon.serving.queue.JobKind;
import dev.taxon.serving.queue.JobResults;
import dev.taxon.serving.queue.JobState.Queued;
import dev.taxon.serving.queue.JobState.Running;
import dev.taxon.serving.queue.StaleAttemptException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Jobs over HTTP: how they go on and end, and what came of them. */
@QuarkusTest
class JobOutcomesIT extends JobServerTest {
    @Inject
    JobResults results;

    @Test
    void cancelsOnceAndForAll() {
        UUID job = enqueue();
        Attempt attempt = claim().orElseThrow().attempt();
        held.enter(attempt, new Queued().takeUp());

        JsonNode cancelled = Http.json(post("/v1/jobs/" + job + "/cancel", ""));

        assertThat(cancelled.path("state").asText()).isEqualTo("cancelled");
        assertThat(cancelled.has("ended_at")).isTrue();
        assertThat(cancelled.path("attempts").asInt()).isEqualTo(1);
        assertThatThrownBy(() -> held.write(attempt, connection -> true)).isInstanceOf(StaleAttemptException.class);
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
        transactions.sql(
                tenant,
                connection -> connection
                        .createStatement()
                        .executeUpdate(
                                "UPDATE job SET ended_at = now() - interval '31 days' WHERE id = '" + job + "'"));
        Problems.expect(ErrorCode.NOT_FOUND, get("/v1/jobs/" + job + "/result"));
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
}
