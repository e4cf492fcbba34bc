package dev.taxon.serving.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.fixture.AdapterZips;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.LoggedErrors;
import dev.taxon.serving.queue.Lane;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored of a version is held against its digest before a job uses it, as it is before it answers a call. */
@QuarkusTest
class DamagedVersionsInJobsIT extends WorkTest {
    private static final String WEIGHTS = " WHERE file = 'adapter_model.safetensors' AND position ="
            + " (SELECT max(position) FROM adapter_chunk WHERE file = 'adapter_model.safetensors')";
    private static final String FLIP =
            "UPDATE adapter_chunk SET data = set_byte(data, length(data) - 2, get_byte(data, length(data) - 2) # 1)"
                    + WEIGHTS;

    @BeforeEach
    void publishAndUpload() {
        new JobCalls(token).upload("tickets", JobCalls.rows());
        take(runner, Lane.LIGHT);
        assertThat(Http.send(Http.to("/v1/adapters/support/versions")
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/zip")
                                .POST(BodyPublishers.ofByteArray(AdapterZips.of(1, List.of("billing", "delivery")))))
                        .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind': 'evaluate', 'adapter': 'support@1', 'dataset': 'tickets'}",
                "{'kind': 'classify', 'adapter': 'support@1', 'texts': ['my parcel is late']}",
                "{'kind': 'lora', 'adapter': 'later', 'from': 'support@1', 'dataset': 'tickets'}"
            })
    void failsAndSaysWhatToDo(String request) {
        UUID job = UUID.fromString(new JobCalls(token).create(request.replace('\'', '"')));
        damage(FLIP);

        try (LoggedErrors errors = new LoggedErrors()) {
            take(runner, Lane.HEAVY);
            assertThat(errors.messages()).hasSize(1).allMatch(message -> message.contains("is not what was published"));
        }

        assertThat(job(job).state()).isEqualTo("failed");
        JsonNode problem = Objects.requireNonNull(job(job).problem());
        assertThat(problem.get("code").asText()).isEqualTo(ErrorCode.CONFLICT.code());
        assertThat(problem.get("detail").asText())
                .isEqualTo("support@1 is damaged: what is stored of it is not what was published. Name or promote"
                        + " another version, and import or train this one again.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"adapter_config.json", "taxon.json", "adapter_model.safetensors"})
    void isNotFooledByAFileThatIsLost(String file) {
        UUID job = UUID.fromString(new JobCalls(token)
                .create("{\"kind\": \"evaluate\", \"adapter\": \"support@1\", \"dataset\": \"tickets\"}"));
        damage("DELETE FROM adapter_chunk WHERE file = '" + file + "'");

        take(runner, Lane.HEAVY);

        assertThat(job(job).state()).isEqualTo("failed");
        assertThat(Objects.requireNonNull(job(job).problem()).get("detail").asText())
                .startsWith("support@1 is damaged");
    }

    /** The tenant has one version alone. */
    private void damage(String statement) {
        int changed = transactions.sql(tenant, connection -> Sql.update(connection, statement));
        assertThat(changed).isEqualTo(1);
    }
}
