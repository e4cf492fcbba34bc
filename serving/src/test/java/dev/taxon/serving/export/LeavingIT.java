package dev.taxon.serving.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Operators;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.fixture.TenantRows;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenant exports everything, deletes everything, and everything is gone. */
@QuarkusTest
class LeavingIT extends ServerTest {
    private static final String TABLES = "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            + " AND a.attname = 'tenant_id' WHERE c.relkind = 'r' ORDER BY c.relname";

    @Inject
    TenantTransactions transactions;

    private final String name = "leaving-" + UUID.randomUUID();
    private String key = "";
    private UUID tenant = new UUID(0, 0);

    @BeforeEach
    void makeTenant() throws SQLException {
        key = newKey(name, Scope.all()).token();
        tenant = new TenantKeys(dataSource).findOrCreate(name).id();
        TenantRows.fill(transactions, tenant);
    }

    @Test
    void anExportHasWhatTheTenantHasAndNobodyElses() throws Exception {
        String other = "other-" + UUID.randomUUID();
        newKey(other, Scope.all());
        TenantRows.fill(
                transactions, new TenantKeys(dataSource).findOrCreate(other).id());

        Map<String, String> files = unzip(export());

        assertThat(files)
                .containsOnlyKeys(
                        "datasets/mails/1.jsonl",
                        "adapters/support/1/adapter_config.json",
                        "adapters/support/1/adapter_model.safetensors",
                        "feedback.jsonl");
        assertThat(files.getOrDefault("datasets/mails/1.jsonl", "").lines())
                .hasSize(250)
                .first()
                .asString()
                .isEqualTo("{\"text\" : \"text 0\", \"true_labels\" : [\"a\"], \"all_labels\" : [\"a\",\"b\"]}");
        assertThat(files.get("adapters/support/1/adapter_model.safetensors")).isEqualTo("first,second");
        assertThat(files.getOrDefault("feedback.jsonl", "").lines())
                .hasSize(1)
                .first()
                .asString()
                .contains("a corrected text");
    }

    @Test
    void nothingIsLeftInAnyTable() throws Exception {
        assertThat(counts())
                .as("each table has a row, or this test would prove nothing of it")
                .doesNotContainValue(0L);

        HttpResponse<String> left = Operators.call(key, "DELETE", "/v1/tenant?name=" + name, "");

        assertThat(left.statusCode()).as(left.body()).isEqualTo(204);
        assertThat(counts().values()).containsOnly(0L);
        assertThat(new TenantKeys(dataSource).find(name)).isEmpty();
        String audit = Operators.call(Operators.token(), "GET", "/v1/admin/audit?tenant=" + name, "")
                .body();
        assertThat(audit).contains("\"tenant.delete\"").doesNotContain("text 0", "a corrected text");
        awaitUnknown();
    }

    @Test
    void anOperatorDeletesATenantToo() throws Exception {
        assertThat(Operators.call(Operators.token(), "DELETE", "/v1/admin/tenants/" + name, "")
                        .statusCode())
                .isEqualTo(204);

        assertThat(counts().values()).containsOnly(0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?name=", "?name=acme", "?name=LEAVING"})
    void nobodyLeavesByMistake(String query) throws Exception {
        Problems.expect(ErrorCode.INVALID_REQUEST, Operators.call(key, "DELETE", "/v1/tenant" + query, ""));

        assertThat(counts()).doesNotContainValue(0L);
    }

    @Test
    void leavingAndExportingTakeTheScopeManage() {
        String weak = newKey(name, Set.of(Scope.CLASSIFY, Scope.TRAIN, Scope.FEEDBACK))
                .token();

        Problems.expect(ErrorCode.FORBIDDEN, Operators.call(weak, "DELETE", "/v1/tenant?name=" + name, ""));
        Problems.expect(ErrorCode.FORBIDDEN, Operators.call(weak, "GET", "/v1/export", ""));
    }

    private byte[] export() {
        HttpResponse<byte[]> answer =
                Http.send(Http.to("/v1/export").header("Authorization", "Bearer " + key), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
        return answer.body();
    }

    private static Map<String, String> unzip(byte[] archive) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private void awaitUnknown() throws InterruptedException {
        HttpResponse<String> answer = Operators.call(key, "GET", "/v1/usage", "");
        for (int second = 0; second < 15 && answer.statusCode() != 401; second++) {
            Thread.sleep(1_000);
            answer = Operators.call(key, "GET", "/v1/usage", "");
        }
        Problems.expect(ErrorCode.UNAUTHENTICATED, answer);
    }

    /** Rows of the tenant by table, for every table that has tenants' rows. */
    private Map<String, Long> counts() throws SQLException {
        List<String> tables;
        try (Connection connection = dataSource.getConnection()) {
            tables = Sql.query(connection, TABLES, row -> row.getString(1));
        }
        Map<String, Long> counts = new TreeMap<>();
        for (String table : tables) {
            counts.put(table, count(table));
        }
        return counts;
    }

    private long count(String table) {
        return transactions
                .sql(
                        tenant,
                        connection -> Sql.first(connection, "SELECT count(*) FROM " + table, row -> row.getLong(1)))
                .orElseThrow();
    }
}
