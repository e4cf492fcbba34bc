package dev.taxon.serving.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.AdapterZips;
import dev.taxon.serving.fixture.Owner;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.http.Headers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deletions that are asked for again, as a node was late or their answer was lost. */
@QuarkusTest
class RepeatedDeletionsIT extends AdapterServerTest {
    private static final String PATIENCE_MILLIS = "300";

    @Inject
    TenantTransactions transactions;

    private final UUID slow = UUID.randomUUID();
    private String name = "";

    @BeforeEach
    void makeAdapter() {
        name = newAdapter(2);
    }

    @Test
    void ofAnAdapterWaitForTheSlowNodeAgainAndAreAnsweredAtLast() throws SQLException {
        assertWaits("/v1/adapters/" + name);

        assertThat(audited("adapter.delete", name)).isEqualTo(1);
        assertThat(delete("/v1/adapters/" + name).statusCode())
                .as("whoever lost the answer asks once more")
                .isEqualTo(204);
    }

    @Test
    void ofAVersionWaitForTheSlowNodeAgainAndAreAnsweredAtLast() throws SQLException {
        assertWaits("/v1/adapters/" + name + "/versions/1");

        assertThat(audited("adapter.version.delete", name + "@1")).isEqualTo(1);
        assertThat(call("GET", "/v1/adapters/" + name + "/versions/2", "").statusCode())
                .isEqualTo(200);
        Problems.expect(ErrorCode.NOT_FOUND, delete("/v1/adapters/" + name + "/versions/3"));
        assertThat(delete("/v1/adapters/" + name).statusCode()).isEqualTo(204);
        assertThat(delete("/v1/adapters/" + name + "/versions/1").statusCode()).isEqualTo(204);
    }

    @Test
    void deleteWhatWasMadeUnderTheNameSince() {
        assertThat(delete("/v1/adapters/" + name).statusCode()).isEqualTo(204);
        assertThat(importVersion(name, AdapterZips.of(7, LABELS)).statusCode()).isEqualTo(201);

        assertThat(delete("/v1/adapters/" + name + "/versions/2").statusCode()).isEqualTo(204);
        assertThat(call("GET", "/v1/adapters/" + name + "/versions/3", "").statusCode())
                .isEqualTo(200);
        assertThat(delete("/v1/adapters/" + name).statusCode()).isEqualTo(204);
        Problems.expect(ErrorCode.NOT_FOUND, call("GET", "/v1/adapters/" + name, ""));
        assertThat(audited("adapter.delete", name)).isEqualTo(2);
    }

    @Test
    void findNothingADayLater() {
        delete("/v1/adapters/" + name);
        String forget = "DELETE FROM deployment_change WHERE adapter_id ="
                + " (SELECT adapter_id FROM deleted_version WHERE name = ? AND number = 1)";
        transactions.sql(acme(), connection -> Sql.update(connection, forget, name));

        Problems.expect(ErrorCode.NOT_FOUND, delete("/v1/adapters/" + name));
        Problems.expect(ErrorCode.NOT_FOUND, delete("/v1/adapters/" + name + "/versions/1"));
    }

    private void assertWaits(String path) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            NodeRows.register(connection, slow);
        }
        for (int time = 0; time < 2; time++) {
            HttpResponse<String> late = call("DELETE", path, "", Headers.DEADLINE, PATIENCE_MILLIS);
            assertThat(Problems.expect(ErrorCode.OVERLOADED, late).detail()).contains("not every node");
        }
        Problems.expect(ErrorCode.NOT_FOUND, call("GET", path, ""));
        removeSlowNode();
        assertThat(delete(path).statusCode()).isEqualTo(204);
    }

    @AfterEach
    void removeSlowNode() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            NodeRows.remove(connection, slow);
        }
    }

    private HttpResponse<String> delete(String path) {
        return call("DELETE", path, "");
    }

    private static int audited(String action, String subject) {
        return Owner.read("SELECT id FROM audit WHERE action = ? AND subject = ?", action, subject)
                .size();
    }
}
