package dev.taxon.serving.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;

/** Takes in what tenants are to be told. Thread-safe. */
@Singleton
public final class Webhooks {
    private static final String INSERT = "INSERT INTO webhook_delivery (id, webhook_id, event)"
            + " SELECT gen_random_uuid(), w.id, ?::jsonb || jsonb_build_object('id', gen_random_uuid(),"
            + " 'at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')) FROM webhook w";

    private final TenantTransactions transactions;

    Webhooks(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Has an event told to every webhook of the tenant that the caller's transaction is of, once that has committed.
     *
     * @param event what happened, {@code job.succeeded}
     * @param data what it happened to; ids, names and numbers, never a text
     */
    public void enqueue(String event, JsonNode data) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("event", event);
        body.set("data", data);
        transactions.sql(connection -> Sql.update(connection, INSERT, body.toString()));
    }
}
