package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.adapter.AdapterVersions;
import dev.taxon.serving.adapter.Publication;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.fixture.AdapterZips;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.model.BaseCheckpoints;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are taken away, and what is said of that by adapters that were trained on them. */
@QuarkusTest
class ErasureIT extends DatasetServerTest {
    @Inject
    AdapterVersions adapters;

    @Inject
    BaseCheckpoints bases;

    @TempDir
    Path folder = Path.of("");

    @Test
    void erasesARowFromEveryVersionAndMarksAdapters() {
        read(ROWS);
        read(ROWS + "{\"text\": \"more\", \"label\": \"business\"}\n");
        UUID adapterVersion = adapterTrainedOn(id(1));
        String row = rows(1).get(1).get("id").asText();
        assertThat(delete("/v1/datasets/" + name + "/rows/" + row).statusCode()).isEqualTo(204);
        assertThat(texts(rows(1))).containsExactly("the striker scored twice", "the keeper was sent off");
        assertThat(rows(2)).hasSize(3);
        assertThat(Http.json(get(version(1))).get("rows").asInt()).isEqualTo(2);
        assertThat(Http.json(get(version(2))).get("rows").asInt()).isEqualTo(3);
        assertThat(count("dataset_row", "text = 'shares fell after the report' AND id = ?::bigint", row))
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
        Problems.expect(ErrorCode.CONFLICT, delete("/v1/datasets/" + name + "/rows/" + row));
    }

    @Test
    void deletesAVersionWithTheRowsThatNoOtherHas() {
        read(ROWS);
        read("{\"text\": \"more\", \"label\": \"business\"}\n" + ROWS);
        UUID adapterVersion = adapterTrainedOn(id(2));
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

    private UUID job(UUID version, int attempt) {
        UUID job = UUID.randomUUID();
        String insert = "INSERT INTO job (id, kind, state, request, dataset_version_id, attempt, worker, heartbeat_at)"
                + " VALUES (?, 'lora', 'running', '{}', ?, ?, gen_random_uuid(), now() + make_interval(days => 1))";
        transactions.sql(tenant, connection -> Sql.update(connection, insert, job, version, attempt));
        return job;
    }

    /** The name of the adapter. */
    private String publish(UUID job, Runnable fence) throws IOException {
        Path files = Files.createDirectory(folder.resolve(job.toString()));
        var adapter = AdapterZips.adapter(
                1, List.of("sports", "business"), dev.taxon.core.Mode.SINGLE_LABEL, java.util.Optional.empty());
        for (Map.Entry<String, byte[]> file : AdapterZips.files(adapter).entrySet()) {
            Files.write(files.resolve(file.getKey()), file.getValue());
        }
        String trained = "e" + job;
        UUID version = id(1);
        adapters.publish(
                tenant,
                new Publication(
                        trained,
                        bases.current(),
                        files,
                        Publication.Source.JOB,
                        job,
                        version,
                        null,
                        null,
                        JsonNodeFactory.instance.objectNode()),
                fence);
        transactions.sql(
                tenant, connection -> Sql.update(connection, "UPDATE job SET ended_at = now() WHERE id = ?", job));
        return trained;
    }

    private int erasedRows(String adapter) {
        return Http.json(get("/v1/adapters/" + adapter + "/versions/1"))
                .get("erased_rows")
                .asInt();
    }

    private void erase(int row) {
        String id = rows(1).get(row).get("id").asText();
        HttpResponse<String> erased = delete("/v1/datasets/" + name + "/rows/" + id);
        assertThat(erased.statusCode()).as(erased.body()).isEqualTo(204);
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

    private UUID adapterTrainedOn(UUID version) {
        UUID adapter = UUID.randomUUID();
        UUID adapterVersion = UUID.randomUUID();
        transactions.sql(tenant, connection -> {
            Sql.update(connection, "INSERT INTO adapter (id, name) VALUES (?, ?)", adapter, "a" + adapter);
            String insert =
                    "INSERT INTO adapter_version (id, adapter_id, number, digest, base_name, labels, bytes, rank,"
                            + " lineage, source, dataset_version_id) VALUES (?, ?, 1, 'd', 'b', '[]', 1, 1, '{}', 'job', ?)";
            return Sql.update(connection, insert, adapterVersion, adapter, version);
        });
        return adapterVersion;
    }
}
