package dev.taxon.serving.queue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.serving.webhook.Webhooks;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** Has tenants told of their jobs' ends, within the transaction that ends the job. Thread-safe. */
@Singleton
final class JobEnds {
    private final Webhooks webhooks;

    JobEnds(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    void tell(Connection connection, UUID id) throws SQLException {
        JobRecord job = JobTable.find(connection, id).orElseThrow();
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("job", id.toString())
                .put("kind", job.kind().word())
                .put("state", job.state());
        if (job.adapter() != null) {
            data.put("adapter", job.adapter());
        }
        if (job.result() != null && job.result().has("version")) {
            data.set("version", job.result().get("version"));
        }
        webhooks.enqueue("job." + job.state(), data);
    }
}
