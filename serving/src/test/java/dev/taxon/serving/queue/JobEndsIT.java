package dev.taxon.serving.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tenants who want to be told of their jobs' ends are, once each. */
@QuarkusTest
class JobEndsIT extends ServerTest {
    @Inject
    TenantTransactions transactions;

    @Inject
    JobQueue queue;

    @Inject
    Jobs jobs;

    private UUID tenant = new UUID(0, 0);

    @BeforeEach
    void listen() {
        tenant = new TenantKeys(dataSource)
                .findOrCreate("ends-" + UUID.randomUUID())
                .id();
        String insert = "INSERT INTO webhook (id, url, secret) VALUES (gen_random_uuid(), 'https://1.1.1.1/', 's')";
        transactions.sql(tenant, connection -> Sql.update(connection, insert));
    }

    @Test
    void aJobThatIsCancelledIsToldOfOnce() {
        UUID job = enqueue();

        transactions.in(tenant, () -> jobs.cancel(job));
        transactions.in(tenant, () -> jobs.cancel(job));

        assertThat(told()).containsExactly("job.cancelled " + job + " support");
    }

    @Test
    void aJobThatGoesOnIsNotToldOf() {
        enqueue();

        assertThat(told()).isEmpty();
    }

    private UUID enqueue() {
        return transactions.in(
                tenant, () -> queue.enqueue(JobKind.LORA, JsonNodeFactory.instance.objectNode(), "support", null));
    }

    private List<String> told() {
        String query = "SELECT concat_ws(' ', event ->> 'event', event -> 'data' ->> 'job',"
                + " event -> 'data' ->> 'adapter') FROM webhook_delivery";
        return transactions.sql(tenant, connection -> Sql.query(connection, query, row -> row.getString(1)));
    }
}
