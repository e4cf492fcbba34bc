package dev.taxon.serving.queue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.serving.database.AcrossTenants;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.JobLine;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.tenant.TenantKeys;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** Tenants with an empty line of jobs. */
abstract class QueueTest extends ServerTest {
    static final UUID WORKER = UUID.randomUUID();

    @Inject
    TenantTransactions transactions;

    @Inject
    JobQueue queue;

    @Inject
    JobClaims claims;

    @Inject
    HeldJobs held;

    @Inject
    Jobs jobs;

    @Inject
    AcrossTenants across;

    UUID acme = new UUID(0, 0);
    UUID globex = new UUID(0, 0);

    @BeforeEach
    void emptyTheLine() {
        TenantKeys keys = new TenantKeys(dataSource);
        acme = keys.findOrCreate("line-a" + UUID.randomUUID()).id();
        globex = keys.findOrCreate("line-b" + UUID.randomUUID()).id();
        JobLine.empty(across, held);
    }

    UUID enqueue(UUID tenant) {
        return transactions.in(
                tenant, () -> queue.enqueue(JobKind.LORA, JsonNodeFactory.instance.objectNode(), "support", null));
    }

    Optional<Claim> claim() {
        return claims.claim(WORKER, Lane.HEAVY);
    }

    Attempt attempt() {
        return claim().orElseThrow().attempt();
    }

    /** As if the job's worker had been silent for as long as it takes. */
    void silence(Attempt attempt) {
        transactions.sql(
                attempt.tenant(),
                connection -> Sql.update(
                        connection,
                        "UPDATE job SET heartbeat_at = now() - interval '11 s' WHERE id = ?",
                        attempt.job()));
    }
}
