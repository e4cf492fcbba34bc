package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.core.Mode;
import dev.taxon.serving.adapter.AdapterVersions;
import dev.taxon.serving.adapter.Publication;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.fixture.AdapterZips;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.model.BaseCheckpoints;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/** Adapters and jobs that learn from a data set, whose rows are taken away. */
abstract class ErasureTest extends DatasetServerTest {
    @Inject
    AdapterVersions adapters;

    @Inject
    BaseCheckpoints bases;

    @TempDir
    Path folder = Path.of("");

    TrainedAdapters trained() {
        return new TrainedAdapters(transactions, tenant);
    }

    UUID job(UUID version, int attempt) {
        return job(version, attempt, "{}");
    }

    UUID job(UUID version, int attempt, UUID from) {
        return job(version, attempt, trained().goingOnFrom(from));
    }

    UUID job(UUID version, int attempt, String request) {
        UUID job = UUID.randomUUID();
        String insert = "INSERT INTO job (id, kind, state, request, dataset_version_id, attempt, worker, heartbeat_at)"
                + " VALUES (?, 'lora', 'running', ?, ?, ?, gen_random_uuid(), now() + make_interval(days => 1))";
        transactions.sql(tenant, connection -> Sql.update(connection, insert, job, request, version, attempt));
        return job;
    }

    /** As if the job had learned from the data set's first version alone; the name of the adapter. */
    String publish(UUID job, Runnable fence) throws IOException {
        Path files = Files.createDirectory(folder.resolve(job.toString()));
        var adapter = AdapterZips.adapter(1, List.of("sports", "business"), Mode.SINGLE_LABEL, Optional.empty());
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
                        JsonNodeFactory.instance.objectNode().set("request", request(job))),
                fence);
        transactions.sql(
                tenant, connection -> Sql.update(connection, "UPDATE job SET ended_at = now() WHERE id = ?", job));
        return trained;
    }

    JsonNode request(UUID job) throws IOException {
        String select = "SELECT request FROM job WHERE id = ?";
        String request = transactions.sql(
                tenant,
                connection -> Sql.first(connection, select, row -> row.getString(1), job)
                        .orElseThrow());
        return new ObjectMapper().readTree(request);
    }

    int erasedRows(String adapter) {
        return Http.json(get("/v1/adapters/" + adapter + "/versions/1"))
                .get("erased_rows")
                .asInt();
    }

    void erase(int row) {
        String id = rows(1).get(row).get("id").asText();
        HttpResponse<String> erased = delete("/v1/datasets/" + name + "/rows/" + id);
        assertThat(erased.statusCode()).as(erased.body()).isEqualTo(204);
    }
}
