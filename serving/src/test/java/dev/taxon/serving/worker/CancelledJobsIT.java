package dev.taxon.serving.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.fixture.ServerProcess;
import dev.taxon.serving.tenant.Scope;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker in the middle of much work on the built-in model, which nobody wants any more. */
@QuarkusTest
class CancelledJobsIT extends WorkTest {
    /** A minute's work of two cores, ten seconds of it for every 256 rows. */
    private static final int ROWS = 1_500;

    private static final int WORDS = 400;
    private static final Duration INTO_THE_WORK = Duration.ofSeconds(4);

    /** A fraction of what the whole job takes, with room for a machine that others keep busy. */
    private static final Duration FREE_WITHIN = Duration.ofSeconds(20);

    @TempDir
    Path folder = Path.of("");

    private ServerProcess worker = ServerProcess.NONE;

    @AfterEach
    void killWorker() {
        worker.kill();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\": \"classify\", \"dataset\": \"letters\"}",
                "{\"kind\": \"evaluate\", \"dataset\": \"letters\"}"
            })
    void freesItsWorkerForAnotherTenantWithinSeconds(String request) throws InterruptedException {
        worker = ServerProcess.worker(folder);
        JobCalls one = new JobCalls(token);
        JobCalls other =
                new JobCalls(newKey("other-" + UUID.randomUUID(), Scope.all()).token());
        one.upload("letters", letters());
        String unwanted = one.create(request);
        one.await("/v1/jobs/" + unwanted, job -> job.path("state").asText().equals("running"));
        Thread.sleep(INTO_THE_WORK.toMillis());
        String next = other.create("{\"kind\": \"classify\", \"labels\": [\"a\", \"b\"], \"texts\": [\"a letter\"]}");

        JsonNode cancelled = one.send("POST", "/v1/jobs/" + unwanted + "/cancel", null, "application/json");
        Instant then = Instant.now();

        assertThat(cancelled.path("state").asText()).isEqualTo("cancelled");
        other.await("/v1/jobs/" + next, job -> !job.path("state").asText().matches("queued|validating"));
        assertThat(Duration.between(then, Instant.now())).isLessThan(FREE_WITHIN);
        other.awaitSuccess(next);
    }

    private static String letters() {
        return IntStream.range(0, ROWS)
                .mapToObj(row -> "{\"text\": \"" + row + " " + "letter ".repeat(WORDS) + "\", \"label\": \""
                        + (row % 2 == 0 ? "billing" : "delivery") + "\"}\n")
                .collect(Collectors.joining());
    }
}
