package dev.taxon.serving.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.queue.Attempt;
import dev.taxon.serving.queue.BrokenAttempts;
import dev.taxon.serving.queue.Claim;
import dev.taxon.serving.queue.JobKind;
import dev.taxon.serving.queue.JobResults;
import dev.taxon.serving.queue.Lane;
import dev.taxon.serving.queue.StoredEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs whose attempts come to nothing, for a reason that nobody foresaw: three without a new checkpoint end them. */
@QuarkusTest
class HopelessJobsIT extends WorkTest {
    /** Stored by nobody but a fault of the program: no worker can read it, and none knows why. */
    private static final String UNREADABLE = "{'kind': 'classify', 'labels': 7}";

    @Inject
    JobResults results;

    @Inject
    BrokenAttempts broken;

    @BeforeEach
    void listen() {
        String insert = "INSERT INTO webhook (id, url, secret) VALUES (gen_random_uuid(), 'https://1.1.1.1/', 's')";
        transactions.sql(tenant, connection -> Sql.update(connection, insert));
    }

    @Test
    void failAndSaySoToWhoeverListens() {
        UUID job = enqueue(JobKind.CLASSIFY, UNREADABLE);

        attempt(Claim.MOST_FRUITLESS);
        assertThat(job(job).endedAt()).as("has a turn left").isNull();
        assertThat(told()).isEmpty();
        attempt(1);

        assertThat(job(job).state()).isEqualTo("failed");
        assertThat(job(job).attempt()).isEqualTo(Claim.MOST_FRUITLESS + 1);
        assertLost(Objects.requireNonNull(job(job).problem()));
        List<StoredEvent> events = jobs.events(tenant, job, 0, 100);
        StoredEvent last = events.get(events.size() - 1);
        assertThat(last.kind()).isEqualTo("state");
        assertThat(last.data().get("state").asText()).isEqualTo("failed");
        assertLost(last.data().get("problem"));
        assertThat(told()).containsExactly("job.failed " + job);
        assertThat(claim(Lane.HEAVY)).isEmpty();
    }

    private static void assertLost(JsonNode problem) {
        assertThat(problem.get("code").asText()).isEqualTo(ErrorCode.INTERNAL.code());
        assertThat(problem.get("detail").asText())
                .contains("3 times in a row", "internal error", "tell the operator")
                .doesNotContain("lost");
    }

    @Test
    void whoseWorkersWereLostSaySo() {
        UUID job = enqueue(JobKind.CLASSIFY, UNREADABLE);
        attempt(1);
        for (int lost = 1; lost < Claim.MOST_FRUITLESS; lost++) {
            silence(claim(Lane.HEAVY).orElseThrow().attempt());
        }
        attempt(1);

        JsonNode problem = Objects.requireNonNull(job(job).problem());
        assertThat(problem.get("detail").asText()).contains("worker was lost 3 times in a row", "more memory");
    }

    @Test
    void ofAFileThatOurCodeFailsAtRefuseItsVersionWithTheSameReason() {
        Problem problem = Hopeless.BROKEN.problem("");
        UUID version = importing();
        for (int failed = 0; failed < Claim.MOST_FRUITLESS; failed++) {
            Attempt attempt = claim(Lane.LIGHT).orElseThrow().attempt();
            broken.note(attempt);
            silence(attempt);
        }
        take(runner, Lane.LIGHT);

        JsonNode refused = get("/v1/datasets/tickets/versions/1");
        assertThat(refused.get("state").asText()).as(version.toString()).isEqualTo("refused");
        assertThat(refused.at("/problem/detail").asText()).isEqualTo(problem.detail());
    }

    private UUID importing() {
        UUID version = UUID.randomUUID();
        transactions.run(tenant, () -> {
            transactions.sql(connection ->
                    Sql.update(connection, "INSERT INTO dataset (id, name) VALUES (gen_random_uuid(), 'tickets')"));
            transactions.sql(connection -> Sql.update(
                    connection,
                    "INSERT INTO dataset_version (id, dataset_id, number, state, source, format, sha256) SELECT ?, id, 1,"
                            + " 'stored', 'upload', 'jsonl', sha256('x') FROM dataset",
                    version));
            queue.enqueue(JobKind.IMPORT, JsonNodeFactory.instance.objectNode(), null, version);
        });
        return version;
    }

    @Test
    void haveAllTheirTurnsAgainAfterANewCheckpoint() {
        UUID job = enqueue(JobKind.CLASSIFY, UNREADABLE);

        attempt(Claim.MOST_FRUITLESS - 1);
        Attempt fruitful = claim(Lane.HEAVY).orElseThrow().attempt();
        results.append(fruitful, "{}\n".getBytes(StandardCharsets.UTF_8), 1);
        silence(fruitful);
        attempt(Claim.MOST_FRUITLESS);
        assertThat(job(job).endedAt()).isNull();
        attempt(1);

        assertThat(job(job).state()).isEqualTo("failed");
        assertThat(job(job).attempt()).isEqualTo(2 * Claim.MOST_FRUITLESS + 1);
    }

    private void attempt(int times) {
        for (int attempt = 0; attempt < times; attempt++) {
            silence(take(runner, Lane.HEAVY));
        }
    }

    private List<String> told() {
        String query =
                "SELECT concat_ws(' ', event ->> 'event', event -> 'data' ->> 'job') FROM webhook_delivery ORDER BY 1";
        return transactions.sql(tenant, connection -> Sql.query(connection, query, row -> row.getString(1)));
    }
}
