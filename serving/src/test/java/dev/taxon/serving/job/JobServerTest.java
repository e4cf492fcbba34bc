package dev.taxon.serving.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.queue.Claim;
import dev.taxon.serving.queue.HeldJobs;
import dev.taxon.serving.queue.JobClaims;
import dev.taxon.serving.queue.JobKind;
import dev.taxon.serving.queue.JobQueue;
import dev.taxon.serving.queue.JobState.Unfinished;
import dev.taxon.serving.queue.Lane;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of jobs start from: a tenant of their own, an empty line, and no worker; the test does what one would. */
abstract class JobServerTest extends ServerTest {
    @Inject
    TenantTransactions transactions;

    @Inject
    JobQueue queue;

    @Inject
    JobClaims claims;

    @Inject
    HeldJobs held;

    UUID tenant = new UUID(0, 0);

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

    Optional<Claim> claim() {
        return claims.claim(UUID.randomUUID(), Lane.HEAVY);
    }

    UUID enqueue() {
        return transactions.in(
                tenant, () -> queue.enqueue(JobKind.LORA, JsonNodeFactory.instance.objectNode(), "support", null));
    }

    HttpResponse<String> get(String path) {
        return Http.send(authorized(path));
    }

    HttpResponse<String> post(String path, String body) {
        return Http.send(authorized(path).POST(BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder authorized(String path) {
        return Http.to(path)
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }
}
