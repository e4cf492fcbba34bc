package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Rows that are taken away, and what is said of that by adapters that were trained on them. */
@QuarkusTest
class ErasureIT extends ErasureTest {
    @Test
    void erasesARowFromEveryVersionAndMarksAdapters() {
        read(ROWS);
        read(ROWS + "{\"text\": \"more\", \"label\": \"business\"}\n");
        UUID adapterVersion = trained().on(id(1));
        String row = rows(1).get(1).get("id").asText();
        assertThat(delete("/v1/datasets/" + name + "/rows/" + row).statusCode()).isEqualTo(204);
        assertThat(texts(rows(1))).containsExactly("the striker scored twice", "the keeper was sent off");
        assertThat(rows(2)).hasSize(3);
        assertThat(Http.json(get(version(1))).get("rows").asInt()).isEqualTo(2);
        assertThat(Http.json(get(version(2))).get("rows").asInt()).isEqualTo(3);
        assertThat(count(
                        "dataset_row",
                        "text = 'shares fell after the report' AND dataset_id IN (SELECT id FROM dataset WHERE name = ?)",
                        name))
                .isZero();
        assertThat(count("adapter_version", "id = ? AND erased_rows = 1", adapterVersion))
                .isEqualTo(1);
        Problems.expect(ErrorCode.NOT_FOUND, delete("/v1/datasets/" + name + "/rows/" + row));
        Problems.expect(ErrorCode.NOT_FOUND, delete("/v1/datasets/" + name + "/rows/x"));
    }

    @Test
    void erasesNoRowWhileAFileThatMayHoldItIsUnread() {
        read(ROWS);
        String row = rows(1).get(0).get("id").asText();
        upload(ROWS);
        Problems.expectPassing(ErrorCode.CONFLICT, delete("/v1/datasets/" + name + "/rows/" + row));
    }

    @Test
    void deletesAVersionWithTheRowsThatNoOtherHas() {
        read(ROWS);
        read("{\"text\": \"more\", \"label\": \"business\"}\n" + ROWS);
        UUID adapterVersion = trained().on(id(2));
        assertThat(delete(version(2)).statusCode()).isEqualTo(204);
        Problems.expect(ErrorCode.NOT_FOUND, get(version(2)));
        assertThat(rows(1)).hasSize(3);
        assertThat(count("dataset_row", "dataset_id = (SELECT id FROM dataset WHERE name = ?)", name))
                .isEqualTo(3);
        assertThat(count("adapter_version", "id = ? AND erased_rows = 1", adapterVersion))
                .isEqualTo(1);
    }

    @Test
    void anAdapterWhoseJobWasRunningThenSaysSo() throws IOException {
        read(ROWS);
        UUID running = job(id(1), 1);
        UUID waiting = job(id(1), 0);

        erase(1);

        assertThat(erasedRows(publish(running, () -> {}))).isEqualTo(1);
        assertThat(erasedRows(publish(waiting, () -> {})))
                .as("it had read no rows yet")
                .isZero();
        erase(0);
        assertThat(count("adapter_version", "job_id = ? AND erased_rows = 2", running))
                .isEqualTo(1);
    }

    @Test
    void anAdapterThatIsPublishedAtTheSameMomentSaysSo() throws IOException {
        read(ROWS);
        UUID job = job(id(1), 1);
        CompletableFuture<?>[] erasing = {CompletableFuture.completedFuture(null)};

        String adapter = publish(job, () -> {
            transactions.sql(connection ->
                    Sql.first(connection, "SELECT id FROM job WHERE id = ? FOR UPDATE", row -> true, job));
            erasing[0] = CompletableFuture.runAsync(() -> erase(1));
            awaitErasure(job);
        });
        erasing[0].join();

        assertThat(erasedRows(adapter)).isEqualTo(1);
    }

    @Test
    void whatGoesOnFromAnAdapterThatLearnedTheRowSaysSoToo() {
        read(ROWS);
        read("{\"text\": \"more\", \"label\": \"business\"}\n");
        UUID learned = trained().on(id(1));
        UUID child = trained().on(id(2), learned);
        UUID grandchild = trained().on(id(2), child);
        UUID again = trained().on(id(1), grandchild);
        UUID stranger = trained().on(id(2));
        UUID strangersChild = trained().on(id(2), stranger);

        erase(1);

        assertThat(List.of(learned, child, grandchild))
                .allSatisfy(version -> assertThat(trained().erasedRows(version)).isEqualTo(1));
        assertThat(trained().erasedRows(again))
                .as("it is one row, however it came by it")
                .isEqualTo(1);
        assertThat(List.of(stranger, strangersChild))
                .allSatisfy(version -> assertThat(trained().erasedRows(version)).isZero());
        assertThat(delete(version(1)).statusCode()).isEqualTo(204);
        assertThat(trained().erasedRows(grandchild))
                .as("all three rows are gone")
                .isEqualTo(3);
        assertThat(trained().erasedRows(strangersChild)).isZero();
    }

    @Test
    void aJobThatGoesOnFromAnAdapterThatLearnedTheRowPublishesOneThatSaysSo() throws IOException {
        read(ROWS);
        read("{\"text\": \"more\", \"label\": \"business\"}\n");
        UUID child = trained().on(id(2), trained().on(id(1)));
        UUID running = job(id(2), 1, child);
        UUID both = job(id(1), 1, child);
        UUID waiting = job(id(2), 0, child);
        UUID stranger = job(id(2), 1, trained().on(id(2)));

        erase(1);
        UUID later = job(id(2), 1, child);

        for (UUID job : List.of(running, both, waiting, later)) {
            assertThat(erasedRows(publish(job, () -> {}))).isEqualTo(1);
        }
        assertThat(erasedRows(publish(stranger, () -> {}))).isZero();
    }

    /** Until the erasure waits for the job's row, which this transaction holds. */
    private void awaitErasure(UUID job) {
        String waiting =
                "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE job SET%'";
        long end = System.nanoTime() + 10_000_000_000L;
        while (transactions
                .sql(tenant, connection -> Sql.first(connection, waiting, row -> true))
                .isEmpty()) {
            assertThat(System.nanoTime()).as("job " + job).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
