package dev.taxon.serving.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.tenant.TenantKeys;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** A tenant whose events are sent by the test. */
abstract class SendingTest extends ServerTest {
    static final String SECRET = "whsec_test";

    @Inject
    TenantTransactions transactions;

    @Inject
    WebhookStore store;

    @Inject
    Webhooks webhooks;

    @Inject
    DeliveryStore deliveries;

    @Inject
    Poster poster;

    @Inject
    DeliveryMetrics metrics;

    UUID tenant = new UUID(0, 0);

    @BeforeEach
    void makeTenant() {
        String name = "w" + UUID.randomUUID();
        tenant = new TenantKeys(dataSource).findOrCreate(name).id();
    }

    WebhookSender sender(boolean allowPrivate) {
        return new WebhookSender(deliveries, new Targets(allowPrivate), poster, metrics);
    }

    void listen(String url) {
        transactions.run(
                tenant, () -> store.insert(UUID.randomUUID(), url, SECRET.getBytes(StandardCharsets.US_ASCII)));
    }

    void happen() {
        transactions.run(
                tenant,
                () -> webhooks.enqueue(
                        "job.succeeded", JsonNodeFactory.instance.objectNode().put("job", "j1")));
    }

    void makeDue() {
        transactions.sql(tenant, connection -> Sql.update(connection, "UPDATE webhook_delivery SET due_at = now()"));
    }
}
