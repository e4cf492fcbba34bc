package dev.taxon.serving.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransaction;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.TenantRows;
import dev.taxon.serving.queue.JobKind;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A job that begins while rows of its data are being erased: it has none of them, or its adapter says that they are gone. */
@QuarkusTest
class ErasureClaimIT extends JobServerTest {
    @Test
    void waitsForTheEndOfTheErasure() throws SQLException {
        TenantRows.fill(transactions, tenant);
        UUID data = UUID.fromString(one("SELECT id::text FROM dataset_version"));
        UUID job = transactions.in(
                tenant, () -> queue.enqueue(JobKind.LORA, JsonNodeFactory.instance.objectNode(), "support", data));
        String row = one("SELECT row_id::text FROM dataset_version_row WHERE position = 1");

        String known = Http.json(get("/v1/datasets/mails/versions/1/rows?limit=1"))
                .at("/items/0/id")
                .asText();

        HttpResponse<String> erased = new TenantTransaction(dataSource)
                .in(tenant, connection -> {
                    Sql.query(connection, "SELECT 1 FROM dataset_row WHERE id = " + row + " FOR UPDATE", found -> true);
                    CompletableFuture<HttpResponse<String>> erasing = Http.sendLater(
                            authorized("/v1/datasets/mails/rows/" + known).DELETE());
                    awaitLastStatement();
                    assertThat(claim()).as("its rows are going").isEmpty();
                    return erasing;
                })
                .join();

        assertThat(erased.statusCode()).as(erased.body()).isEqualTo(204);
        assertThat(claim().orElseThrow().attempt().job()).isEqualTo(job);
        assertThat(one("SELECT erased_rows::text FROM job WHERE id = '" + job + "'"))
                .as("it has read none of them")
                .isEqualTo("0");
    }

    /** Until the erasure, which has marked jobs by then, waits for the row. */
    private void awaitLastStatement() {
        String waiting = "SELECT count(*)::text FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                + " AND query LIKE 'DELETE FROM dataset_row%'";
        long end = System.nanoTime() + 10_000_000_000L;
        while (one(waiting).equals("0")) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private String one(String query) {
        return transactions.sql(
                tenant,
                connection ->
                        Sql.first(connection, query, row -> row.getString(1)).orElseThrow());
    }
}
