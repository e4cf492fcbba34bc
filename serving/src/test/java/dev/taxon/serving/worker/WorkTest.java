package dev.taxon.serving.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.JobLineTest;
import dev.taxon.serving.queue.Attempt;
import dev.taxon.serving.queue.Claim;
import dev.taxon.serving.queue.JobKind;
import dev.taxon.serving.queue.JobRecord;
import dev.taxon.serving.queue.Jobs;
import dev.taxon.serving.queue.Lane;
import dev.taxon.training.run.StopSignal;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.UUID;

/** What tests of a worker start from, which takes a job when it is told to. */
abstract class WorkTest extends JobLineTest {
    @Inject
    Jobs jobs;

    @Inject
    JobRunner runner;

    /** Takes the next job and does it, as a worker's loop would. */
    Attempt take(JobRunner runner, Lane lane) {
        Claim claim = claim(lane).orElseThrow();
        runner.run(claim, new StopSignal());
        return claim.attempt();
    }

    /** Puts a request in the line as it stands, in JSON with single quotes. */
    UUID enqueue(JobKind kind, String request) {
        JsonNode json = json(request);
        return transactions.in(tenant, () -> queue.enqueue(kind, json, "support", null));
    }

    private static JsonNode json(String quoted) {
        try {
            return new ObjectMapper().readTree(quoted.replace('\'', '"'));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** As if the job's worker had not been heard of for as long as it takes, or its pause were over. */
    void silence(Attempt attempt) {
        transactions.sql(
                tenant,
                connection -> Sql.update(
                        connection,
                        "UPDATE job SET heartbeat_at = now() - interval '11 s' WHERE id = ?",
                        attempt.job()));
    }

    JobRecord job(UUID id) {
        return jobs.find(tenant, id).orElseThrow();
    }

    JsonNode get(String path) {
        return Http.json(Http.send(Http.to(path).header("Authorization", "Bearer " + token)));
    }

    long count(String query, Object... values) {
        return transactions.sql(
                tenant,
                connection -> Sql.first(connection, query, row -> row.getLong(1), values)
                        .orElseThrow());
    }
}
