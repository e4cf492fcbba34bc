package dev.taxon.serving.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.AdapterZips;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Owner;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.TenantRows;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a server that is killed leaves behind: a transaction's rows are there together or not at all, and which transaction
 * wrote a row Postgres tells in its {@code xmin}.
 */
@QuarkusTest
class AtMostOnceIT extends AdapterServerTest {
    private static final String ROWS = """
            {"text": "the striker scored twice", "label": "sports"}
            {"text": "shares fell after the report", "label": "business"}
            """;

    @Inject
    TenantTransactions transactions;

    private final String key = "key-" + UUID.randomUUID();
    private UUID tenant = new UUID(0, 0);

    @BeforeEach
    void makeTenant() {
        String name = "once-" + UUID.randomUUID();
        token = newKey(name, Scope.all()).token();
        tenant = new TenantKeys(dataSource).findOrCreate(name).id();
        TenantRows.fill(transactions, tenant);
    }

    @Test
    void aDataSetIsMadeWithItsAnswer() {
        created(post("/v1/datasets", "application/json", bytes("{\"name\": \"fresh\"}")));

        assertThat(writer("dataset", "name = 'fresh'")).isEqualTo(keeper()).isEqualTo(auditor("fresh"));
    }

    @Test
    void aVersionIsMadeWithItsAnswer() {
        created(post("/v1/datasets/mails/versions", "application/jsonl", bytes(ROWS)));

        assertThat(writer("dataset_version", "state = 'stored'")).isEqualTo(keeper());
    }

    @Test
    void aJobIsMadeWithItsAnswerAndItsEntryInTheAudit() {
        String request = "{\"kind\": \"lora\", \"adapter\": \"fresh\", \"dataset\": \"mails\"}";
        String job = created(post("/v1/jobs", "application/json", bytes(request)));

        assertThat(writer("job", "id = '" + job + "'")).isEqualTo(keeper()).isEqualTo(auditor(job));
    }

    @Test
    void anAdapterIsImportedWithItsAnswerAndItsEntryInTheAudit() {
        String name = newName();
        created(post("/v1/adapters/" + name + "/versions", "application/zip", AdapterZips.of(1, LABELS)));

        assertThat(writer("adapter", "name = '" + name + "'"))
                .isEqualTo(keeper())
                .isEqualTo(auditor(name + "@1"));
    }

    @Test
    void aWebhookIsMadeWithItsAnswer() {
        String id = created(post("/v1/webhooks", "application/json", bytes("{\"url\": \"https://1.1.1.1/y\"}")));

        assertThat(writer("webhook", "id = '" + id + "'")).isEqualTo(keeper()).isEqualTo(auditor(id));
    }

    @Test
    void aCallThatWasTakenForDeadCreatesNothingBesideTheOneAfterIt() throws Exception {
        PipedOutputStream slow = new PipedOutputStream();
        CompletableFuture<HttpResponse<String>> first = Http.sendLater(upload(slow));
        slow.write(bytes(ROWS));
        slow.flush();
        eventually(() ->
                assertThat(count("dataset_version", "state = 'receiving'")).isEqualTo(1));
        update("UPDATE idempotency SET abandoned_at = now() - make_interval(secs => 1) WHERE key = '" + key + "'");

        PipedOutputStream quick = new PipedOutputStream();
        CompletableFuture<HttpResponse<String>> second = Http.sendLater(upload(quick));
        quick.write(bytes(ROWS));
        quick.close();
        String made = created(second.join());
        slow.close();

        Problems.expect(ErrorCode.CONFLICT, first.join());
        assertThat(count("dataset_version", "number = 2")).isEqualTo(1);
        assertThat(count("dataset_version", "number = 3 OR state = 'receiving'"))
                .isZero();
        assertThat(made).isEmpty();
    }

    @Test
    void aCallThatIsOnlySlowIsNotHurtByOthers() throws Exception {
        PipedOutputStream slow = new PipedOutputStream();
        CompletableFuture<HttpResponse<String>> first = Http.sendLater(upload(slow));
        slow.write(bytes(ROWS));
        slow.flush();
        eventually(() ->
                assertThat(count("dataset_version", "state = 'receiving'")).isEqualTo(1));
        update("UPDATE idempotency SET abandoned_at = now() - make_interval(secs => 1) WHERE key = '" + key + "'");

        created(Http.send(request("/v1/datasets", "application/json")
                .setHeader("Idempotency-Key", "another-" + key)
                .POST(BodyPublishers.ofString("{\"name\": \"fresh\"}"))));
        slow.close();

        created(first.join());
    }

    private HttpRequest.Builder upload(PipedOutputStream body) throws IOException {
        PipedInputStream read = new PipedInputStream(body);
        return request("/v1/datasets/mails/versions", "application/jsonl")
                .POST(BodyPublishers.ofInputStream(() -> read));
    }

    private HttpResponse<String> post(String path, String type, byte[] body) {
        return Http.send(request(path, type).POST(BodyPublishers.ofByteArray(body)));
    }

    private HttpRequest.Builder request(String path, String type) {
        return Http.to(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .header("Idempotency-Key", key);
    }

    /** The id of what was made, where it has one. */
    private static String created(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Http.json(answer).path("id").asText();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String keeper() {
        return writer("idempotency", "status = 201 AND key = '" + key + "'");
    }

    private static String auditor(String subject) {
        return Owner.read("SELECT xmin::text FROM audit WHERE subject = ?", subject)
                .get(0);
    }

    /** The transaction that wrote a row. */
    private String writer(String table, String condition) {
        String select = "SELECT xmin::text FROM " + table + " WHERE " + condition;
        return transactions.sql(
                tenant,
                connection ->
                        Sql.first(connection, select, row -> row.getString(1)).orElseThrow());
    }

    private long count(String table, String condition) {
        String select = "SELECT count(*) FROM " + table + " WHERE " + condition;
        return transactions.sql(
                tenant,
                connection ->
                        Sql.first(connection, select, row -> row.getLong(1)).orElseThrow());
    }

    private void update(String statement) {
        int updated = transactions.sql(tenant, connection -> Sql.update(connection, statement));
        assertThat(updated).isEqualTo(1);
    }
}
