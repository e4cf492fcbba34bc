package dev.taxon.serving.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Operators;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.periodic.OldRowsSweep;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IdempotencyIT extends ServerTest {
    private static final String WEBHOOK = "{\"url\": \"https://1.1.1.1/x\"}";

    @Inject
    IdempotencyStore store;

    @Inject
    OldRowsSweep sweep;

    @Inject
    TenantTransactions transactions;

    private final String key = "key-" + UUID.randomUUID();
    private String tenantKey = "";
    private UUID tenant = new UUID(0, 0);

    @BeforeEach
    void makeTenant() {
        String name = "i" + UUID.randomUUID();
        tenantKey = newKey(name, Scope.all()).token();
        tenant = new TenantKeys(dataSource).findOrCreate(name).id();
    }

    @Test
    void theSameCallTwiceCreatesOnceAndAnswersTheSame() {
        HttpResponse<String> first = create(key, WEBHOOK);
        HttpResponse<String> second = create(key, WEBHOOK);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(second.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
        assertThat(webhooks()).isEqualTo(1);
    }

    @Test
    void anotherCallWithTheSameKeyIsAConflict() {
        create(key, WEBHOOK);

        HttpResponse<String> other = create(key, "{\"url\": \"https://1.1.1.1/y\"}");

        assertThat(Problems.expect(ErrorCode.CONFLICT, other).retryable()).isFalse();
        assertThat(webhooks()).isEqualTo(1);
    }

    @Test
    void whatIsUnderWayMayBeAskedForAgain() throws Exception {
        store.claim(tenant, key, hash(), Duration.ofMinutes(1));

        HttpResponse<String> refused = create(key, WEBHOOK);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(WireJson.read(refused.body(), Problem.class).retryable()).isTrue();
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(webhooks()).isZero();
    }

    @Test
    void aCallWhoseNodeDiedIsMadeAgain() {
        store.claim(tenant, key, hash(), Duration.ofMillis(-1));

        assertThat(create(key, WEBHOOK).statusCode()).isEqualTo(201);
    }

    @Test
    void aRefusedCallLeavesItsKeyFree() {
        Problems.expect(ErrorCode.INVALID_REQUEST, create(key, "{\"url\": \"nonsense\"}"));

        assertThat(create(key, WEBHOOK).statusCode()).isEqualTo(201);
    }

    @Test
    void manyAtOnceCreateOne() {
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 20)
                .mapToObj(i -> Http.sendLater(request(key, WEBHOOK)))
                .toList();

        List<Integer> statuses =
                calls.stream().map(call -> call.join().statusCode()).distinct().toList();

        assertThat(statuses).contains(201).isSubsetOf(201, 409);
        assertThat(webhooks()).isEqualTo(1);
        assertThat(create(key, WEBHOOK).statusCode()).isEqualTo(201);
    }

    @Test
    void keysAreTheirTenantsOwn() {
        create(key, WEBHOOK);

        HttpResponse<String> theirs = Http.send(request(key, WEBHOOK).setHeader("Authorization", "Bearer " + token));

        assertThat(theirs.statusCode()).isEqualTo(201);
        assertThat(theirs.headers().firstValue("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void keysOfTenantsThatSendNoMoreAreForgottenAfterADay() {
        create(key, WEBHOOK);
        create(key + "-young", WEBHOOK);
        age(key, "25 hours");

        sweep.delete(KeySweep.KEYS);

        List<String> keys = transactions.sql(
                tenant, connection -> Sql.query(connection, "SELECT key FROM idempotency", row -> row.getString(1)));
        assertThat(keys).containsExactly(key + "-young");
    }

    /** By the database's clock; that no node's is read, HouseTest holds. */
    @Test
    void aKeyIsKnownForADayAndNoLonger() {
        String first = create(key, WEBHOOK).body();
        age(key, "23 hours");
        assertThat(create(key, WEBHOOK).body()).isEqualTo(first);
        assertThat(webhooks()).isEqualTo(1);

        age(key, "2 hours");
        assertThat(create(key, WEBHOOK).body()).isNotEqualTo(first);
        assertThat(webhooks()).isEqualTo(2);
    }

    private void age(String known, String interval) {
        String update = "UPDATE idempotency SET at = at - ?::interval WHERE key = ?";
        transactions.sql(tenant, connection -> Sql.update(connection, update, interval, known));
    }

    @Test
    void refusesKeysThatAreNone() {
        Problems.expect(ErrorCode.INVALID_REQUEST, create("k".repeat(129), WEBHOOK));
        Problems.expect(ErrorCode.INVALID_REQUEST, create("two words", WEBHOOK));
    }

    @Test
    void whereAnswersHoldKeysTheyAreNotKept() {
        HttpResponse<String> refused = Http.send(Http.to("/v1/admin/tenants")
                .header("Authorization", "Bearer " + Operators.token())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("{\"name\": \"x" + UUID.randomUUID() + "\"}")));

        Problems.expect(ErrorCode.INVALID_REQUEST, refused);
    }

    @Test
    void classifyingNeedsNoKey() {
        String body = "{\"texts\": [\"t\"], \"labels\": [\"a\"]}";

        HttpResponse<String> first = Http.send(Http.classify(tenantKey, body).header("Idempotency-Key", key));
        HttpResponse<String> other =
                Http.send(Http.classify(tenantKey, body.replace("t\"]", "u\"]")).header("Idempotency-Key", key));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(other.statusCode()).isEqualTo(200);
    }

    private static byte[] hash() {
        return new RequestHash()
                .add("POST")
                .add("/v1/webhooks")
                .add("")
                .add("application/json")
                .add(WEBHOOK.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .bytes();
    }

    private int webhooks() {
        return Http.json(Operators.call(tenantKey, "GET", "/v1/webhooks", ""))
                .get("items")
                .size();
    }

    private HttpResponse<String> create(String idempotencyKey, String body) {
        return Http.send(request(idempotencyKey, body));
    }

    private HttpRequest.Builder request(String idempotencyKey, String body) {
        return Http.to("/v1/webhooks")
                .header("Authorization", "Bearer " + tenantKey)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(body));
    }
}
