package dev.taxon.serving.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.AcrossTenants;
import dev.taxon.serving.dataset.DatasetImport;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.JobLine;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.queue.Claim;
import dev.taxon.serving.queue.HeldJobs;
import dev.taxon.serving.queue.JobClaims;
import dev.taxon.serving.queue.JobState.Unfinished;
import dev.taxon.serving.queue.Lane;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that are asked for right behind an upload. */
@QuarkusTest
class WaitingJobsIT extends AdapterServerTest {
    private static final String EVALUATION = "{'kind': 'evaluate', 'dataset': 'fresh'}";
    private static final String ROWS =
            "{\"text\": \"a goal\", \"label\": \"sports\"}\n{\"text\": \"a share\", \"label\": \"business\"}\n";

    @Inject
    JobClaims claims;

    @Inject
    HeldJobs held;

    @Inject
    AcrossTenants across;

    @Inject
    DatasetImport imports;

    private UUID tenant = new UUID(0, 0);

    @BeforeEach
    void makeDataset() {
        emptyTheLine();
        String name = "waits-" + UUID.randomUUID();
        tenant = new TenantKeys(dataSource).findOrCreate(name).id();
        token = newKey(name, Scope.all()).token();
        call("POST", "/v1/datasets", "{'name': 'fresh'}");
    }

    @AfterEach
    void emptyTheLine() {
        JobLine.empty(across, held);
    }

    @Test
    void aJobWaitsUntilItsFileIsRead() {
        upload(ROWS);

        JsonNode job = Http.json(call("POST", "/v1/jobs", EVALUATION));

        assertThat(job.at("/request/version").asInt()).isEqualTo(1);
        assertThat(claim(Lane.HEAVY)).as("its file was not read yet").isEmpty();
        readTheFile();
        Claim claim = claim(Lane.HEAVY).orElseThrow();
        assertThat(claim.attempt().job()).hasToString(job.get("id").asText());
        held.enterFrom(claim.attempt(), Unfinished::cancel);
    }

    @Test
    void withoutANumberTheNewestVersionIsMeantThatWasNotRefused() {
        upload(ROWS);
        readTheFile();
        upload(ROWS);
        JsonNode beside = Http.json(call("POST", "/v1/jobs", EVALUATION));
        readTheFile();
        upload("nonsense\n");
        readTheFile();

        JsonNode after = Http.json(call("POST", "/v1/jobs", EVALUATION));

        assertThat(beside.at("/request/version").asInt()).isEqualTo(2);
        assertThat(after.at("/request/version").asInt()).isEqualTo(2);
        HttpResponse<String> refused =
                call("POST", "/v1/jobs", "{'kind': 'evaluate', 'dataset': 'fresh', 'version': 3}");
        Problems.expect(ErrorCode.CONFLICT, refused);
    }

    private void upload(String rows) {
        HttpResponse<String> uploaded = Http.send(Http.to("/v1/datasets/fresh/versions")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/jsonl")
                .POST(BodyPublishers.ofString(rows)));
        assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(201);
    }

    /** As the light lane of a worker does. */
    private void readTheFile() {
        Claim claim = claim(Lane.LIGHT).orElseThrow();
        UUID version = Objects.requireNonNull(held.read(claim.attempt()).datasetVersion());
        imports.run(tenant, version, () -> false);
        held.enterFrom(claim.attempt(), Unfinished::cancel);
    }

    private Optional<Claim> claim(Lane lane) {
        return claims.claim(UUID.randomUUID(), lane);
    }
}
