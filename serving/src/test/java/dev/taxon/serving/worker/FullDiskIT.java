package dev.taxon.serving.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.config.TaxonSettings;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.fixture.LoggedErrors;
import dev.taxon.serving.queue.Attempt;
import dev.taxon.serving.queue.BrokenAttempts;
import dev.taxon.serving.queue.Claim;
import dev.taxon.serving.queue.JobKind;
import dev.taxon.serving.queue.Lane;
import dev.taxon.serving.scratch.WorkFolders;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose disk takes nothing: no job ends for that, none is tried again at once, and another worker does them. */
@QuarkusTest
class FullDiskIT extends WorkTest {
    private static final int ATTEMPTS = Claim.MOST_FRUITLESS + 2;
    private static final String VERSION = "/v1/datasets/tickets/versions/1";

    @Inject
    BrokenAttempts broken;

    @Inject
    Works works;

    @Inject
    TaxonSettings settings;

    @TempDir
    Path folder = Path.of("");

    private Path disk = Path.of("");

    @BeforeEach
    void fillTheDisk() throws IOException {
        // Nothing can be made in what is no folder, whoever the tests run as.
        disk = Files.createFile(folder.resolve("full"));
    }

    @Test
    void anUploadStaysUntilAWorkerHasRoom() {
        new JobCalls(token).upload("tickets", JobCalls.rows());
        UUID version = version();

        fail(Lane.LIGHT);

        assertThat(get(VERSION).get("state").asText()).isIn("stored", "importing");
        assertThat(chunks(version)).isPositive();

        take(runner, Lane.LIGHT);

        assertThat(get(VERSION).get("state").asText()).isEqualTo("ready");
        assertThat(get(VERSION).get("rows").asInt()).isEqualTo(16);
    }

    @Test
    void aJobOfAnotherKindWaitsForRoomToo() {
        UUID job = enqueue(JobKind.CLASSIFY, "{'kind': 'classify', 'labels': ['a', 'b'], 'texts': ['a b', 'b']}");

        fail(Lane.HEAVY);
        assertThat(job(job).state()).isEqualTo("queued");
        assertThat(job(job).problem()).isNull();

        take(runner, Lane.HEAVY);

        JsonNode result = Objects.requireNonNull(job(job).result());
        assertThat(result.get("rows").asInt()).isEqualTo(2);
    }

    /** As often as would end a job whose workers are lost, and more. */
    private void fail(Lane lane) {
        JobRunner full = new JobRunner(claims, held, broken, works, new WorkFolders(disk), settings);
        try (LoggedErrors logged = new LoggedErrors()) {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                Attempt failed = take(full, lane);
                assertThat(claim(lane)).as("not before a pause").isEmpty();
                silence(failed);
            }
            assertThat(logged.messages())
                    .hasSize(ATTEMPTS)
                    .allSatisfy(message ->
                            assertThat(message).contains("make room in " + disk).doesNotContain("tickets", "parcel"));
        }
    }

    private UUID version() {
        String select = "SELECT id FROM dataset_version";
        return transactions.sql(
                tenant,
                connection -> Sql.first(connection, select, row -> row.getObject(1, UUID.class))
                        .orElseThrow());
    }

    private long chunks(UUID version) {
        return count("SELECT count(*) FROM dataset_chunk WHERE version_id = ?", version);
    }
}
