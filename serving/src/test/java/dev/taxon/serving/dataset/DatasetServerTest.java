package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.tenant.TenantKeys;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** A server, a tenant and a data set of its own; what a worker would do is done by the test. */
abstract class DatasetServerTest extends ServerTest {
    static final String JSONL = "application/jsonl";
    static final String CSV = "text/csv";
    static final String PARQUET = "application/vnd.apache.parquet";
    /** Stands in rows, and must never come back in a problem or a report. */
    static final String SECRET = "zanzibar";

    static final String ROWS = """
            {"text": "the striker scored twice", "label": "sports"}
            {"text": "shares fell after the report", "label": "business"}
            {"text": "the keeper was sent off", "label": "sports"}
            """;

    @Inject
    TenantTransactions transactions;

    @Inject
    DatasetImport imports;

    String name = "";
    UUID tenant = new UUID(0, 0);

    @BeforeEach
    void makeDataset() {
        tenant = new TenantKeys(dataSource).findOrCreate("acme").id();
        name = newDataset();
    }

    String newDataset() {
        String fresh = "d" + UUID.randomUUID();
        assertThat(post("/v1/datasets", "{\"name\": \"" + fresh + "\"}").statusCode())
                .isEqualTo(201);
        return fresh;
    }

    HttpResponse<String> post(String path, String json) {
        return Http.send(
                authorized(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    HttpResponse<String> get(String path) {
        return Http.send(authorized(path));
    }

    HttpResponse<String> delete(String path) {
        return Http.send(authorized(path).DELETE());
    }

    HttpRequest.Builder authorized(String path) {
        return Http.to(path).header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> upload(String type, byte[] file) {
        return Http.send(authorized(versions()).header("Content-Type", type).POST(BodyPublishers.ofByteArray(file)));
    }

    HttpResponse<String> upload(String rows) {
        return upload(JSONL, rows.getBytes(StandardCharsets.UTF_8));
    }

    String versions() {
        return "/v1/datasets/" + name + "/versions";
    }

    String version(int number) {
        return versions() + "/" + number;
    }

    /** The version as it is once a worker has read what was uploaded. */
    JsonNode read(HttpResponse<String> uploaded) {
        assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(201);
        int number = Http.json(uploaded).get("version").asInt();
        imports.run(tenant, id(number), () -> false);
        return Http.json(get(version(number)));
    }

    JsonNode read(String rows) {
        return read(upload(rows));
    }

    UUID id(int number) {
        String select = "SELECT v.id FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id"
                + " WHERE d.name = ? AND v.number = ?";
        return transactions.sql(
                tenant,
                connection -> Sql.first(connection, select, row -> row.getObject(1, UUID.class), name, number)
                        .orElseThrow());
    }

    JsonNode rows(int number) {
        return Http.json(get(version(number) + "/rows")).get("items");
    }

    static List<String> texts(JsonNode rows) {
        return rows.findValuesAsText("text");
    }

    /** Of all rows of the tenant in a table, those that fulfil a condition. */
    long count(String table, String condition, Object... parameters) {
        String select = "SELECT count(*) FROM " + table + " WHERE " + condition;
        return transactions.sql(
                tenant,
                connection -> Sql.first(connection, select, row -> row.getLong(1), parameters)
                        .orElseThrow());
    }
}
