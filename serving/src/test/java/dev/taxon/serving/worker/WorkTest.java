package dev.taxon.serving.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.serving.database.AcrossTenants;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.queue.Attempt;
import dev.taxon.serving.queue.Claim;
import dev.taxon.serving.queue.HeldJobs;
import dev.taxon.serving.queue.JobClaims;
import dev.taxon.serving.queue.JobKind;
import dev.taxon.serving.queue.JobQueue;
import dev.taxon.serving.queue.JobRecord;
import dev.taxon.serving.queue.JobState.Unfinished;
import dev.taxon.serving.queue.Jobs;
import dev.taxon.serving.queue.Lane;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import dev.taxon.training.run.StopSignal;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A tenant with an empty line of jobs, and a worker that takes one when it is told to. */
abstract class WorkTest extends ServerTest {
    @Inject
    TenantTransactions transactions;

    @Inject
    AcrossTenants across;

    @Inject
    JobQueue queue;

    @Inject
    JobClaims claims;

    @Inject
    HeldJobs held;

    @Inject
    Jobs jobs;

    @Inject
    JobRunner runner;

    UUID tenant = new UUID(0, 0);

    @BeforeEach
    void makeTenant() {
        emptyTheLine();
        String name = "work-" + UUID.randomUUID();
        tenant = new TenantKeys(dataSource).findOrCreate(name).id();
        token = newKey(name, Scope.all()).token();
    }

    @AfterEach
    void emptyTheLine() {
        for (Lane lane : Lane.values()) {
            for (Optional<Attempt> left = any(lane); left.isPresent(); left = any(lane)) {
                held.enterFrom(left.get(), Unfinished::cancel);
            }
        }
    }

    /** An unfinished job, though another test's worker was heard of just now. */
    private Optional<Attempt> any(Lane lane) {
        String[] kinds = lane.kinds().stream().map(JobKind::word).toArray(String[]::new);
        String claim = "SELECT tenant_id, job_id, attempt FROM claim_job(?, ?, interval '-2 days')";
        return across.query(claim, WorkTest::attempt, UUID.randomUUID(), kinds).stream()
                .findFirst();
    }

    private static Attempt attempt(ResultSet row) throws SQLException {
        return new Attempt(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getInt(3));
    }

    Optional<Claim> claim(Lane lane) {
        return claims.claim(UUID.randomUUID(), lane);
    }

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
