package dev.taxon.serving.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransaction;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.LoggedErrors;
import dev.taxon.serving.fixture.Problems;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored of a version is held against its digest before it may answer. */
@QuarkusTest
class DamagedVersionsIT extends AdapterServerTest {
    private static final String OF_THE_VERSION = " WHERE version_id = (SELECT v.id FROM adapter_version v"
            + " JOIN adapter a ON a.id = v.adapter_id WHERE a.name = ? AND v.number = 2)";
    private static final String WEIGHTS = OF_THE_VERSION + " AND file = 'adapter_model.safetensors' AND position ="
            + " (SELECT max(position) FROM adapter_chunk" + OF_THE_VERSION
            + " AND file = 'adapter_model.safetensors')";

    @Inject
    TenantTransactions transactions;

    private String name = "";
    private JsonNode before = MissingNode.getInstance();

    @BeforeEach
    void promoteTheFirstOfTwo() {
        name = newAdapter(2);
        promote(name, 1);
        before = classify(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM adapter_chunk" + WEIGHTS,
                "DELETE FROM adapter_chunk" + OF_THE_VERSION + " AND ? <> '' AND file = 'adapter_config.json'",
                "DELETE FROM adapter_chunk" + OF_THE_VERSION + " AND ? <> '' AND file = 'taxon.json'",
                "UPDATE adapter_chunk SET data = set_byte(data, length(data) - 2, get_byte(data, length(data) - 2) # 1)"
                        + WEIGHTS
            })
    void areNotPromotedAndTheActiveOneGoesOnAnswering(String damage) {
        assertThat(change(damage)).isEqualTo(1);

        try (LoggedErrors errors = new LoggedErrors()) {
            isDamaged(call("POST", "/v1/adapters/" + name + "/promote", "{'version': 2}"));
            isDamaged(call("PUT", "/v1/adapters/" + name + "/canary", "{'version': 2, 'percent': 50}"));
            HttpResponse<String> pinned = call("POST", "/v1/classify", "{'texts': ['a'], 'adapter': '" + name + "@2'}");
            isDamaged(pinned);

            assertThat(errors.messages())
                    .as("nothing is kept of what was read: each call comes upon it anew")
                    .hasSize(3)
                    .allMatch(message -> message.contains("is not what was published"));
        }

        assertThat(classify(name).at("/adapter").asText()).isEqualTo(name + "@1");
        assertThat(classify(name).at("/scores")).isEqualTo(before.at("/scores"));
    }

    @Test
    void whatIsMendedAnswers() {
        String flip =
                "UPDATE adapter_chunk SET data = set_byte(data, length(data) - 2, get_byte(data, length(data) - 2)"
                        + " # 1)" + WEIGHTS;
        change(flip);
        isDamaged(call("POST", "/v1/adapters/" + name + "/promote", "{'version': 2}"));

        change(flip);

        promote(name, 2);
        assertThat(classify(name).at("/adapter").asText()).isEqualTo(name + "@2");
    }

    @Test
    void aVersionWhosePublicationIsNotCommittedIsNotThere() throws SQLException {
        String version = "INSERT INTO adapter_version (id, adapter_id, number, digest, base_name, labels, bytes, rank,"
                + " lineage, source) SELECT gen_random_uuid(), adapter_id, 3, digest, base_name, labels, bytes, rank,"
                + " lineage, source FROM adapter_version WHERE number = 2"
                + " AND adapter_id = (SELECT id FROM adapter WHERE name = ?)";
        String chunks = "INSERT INTO adapter_chunk (version_id, file, position, data)"
                + " SELECT (SELECT id FROM adapter_version WHERE number = 3 AND adapter_id ="
                + " (SELECT id FROM adapter WHERE name = ?)), file, position, data FROM adapter_chunk" + OF_THE_VERSION;
        new TenantTransaction(dataSource).in(acme(), connection -> {
            Sql.update(connection, version, name);
            Sql.update(connection, chunks, name, name);
            Problems.expect(ErrorCode.NOT_FOUND, call("POST", "/v1/adapters/" + name + "/promote", "{'version': 3}"));
            Problems.expect(
                    ErrorCode.NOT_FOUND, call("POST", "/v1/classify", "{'texts': ['a'], 'adapter': '" + name + "@3'}"));
            return true;
        });

        promote(name, 3);
        assertThat(classify(name).at("/adapter").asText()).isEqualTo(name + "@3");
    }

    private void isDamaged(HttpResponse<String> answer) {
        assertThat(Problems.expect(ErrorCode.CONFLICT, answer).detail()).startsWith(name + "@2 is damaged");
    }

    private int change(String statement) {
        return transactions.sql(acme(), connection -> Sql.update(connection, statement, name, name));
    }
}
