package dev.taxon.serving.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Owner;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.queue.JobKind;
import dev.taxon.serving.queue.JobQueue;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that change what is there, sent once more with their key: they change it once, and are answered as at first. */
@QuarkusTest
class RepeatedChangesIT extends AdapterServerTest {
    @Inject
    TenantTransactions transactions;

    @Inject
    IdempotencyStore store;

    @Inject
    JobQueue queue;

    private final String key = "key-" + UUID.randomUUID();
    private UUID tenant = new UUID(0, 0);

    @BeforeEach
    void makeTenant() {
        String name = "again-" + UUID.randomUUID();
        token = newKey(name, Scope.all()).token();
        tenant = new TenantKeys(dataSource).findOrCreate(name).id();
    }

    @Test
    void aRollbackIsAnsweredAgain() {
        String name = promotedTwice();
        HttpResponse<String> first = keyed("POST", "/v1/adapters/" + name + "/rollback", "");
        assertThat(Http.json(first).at("/active").asInt()).isEqualTo(1);

        HttpResponse<String> second = keyed("POST", "/v1/adapters/" + name + "/rollback", "");

        assertAlike(second, first);
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        Problems.expect(ErrorCode.CONFLICT, call("POST", "/v1/adapters/" + name + "/rollback", ""));
    }

    @Test
    void aRollbackWhoseServerWasKilledIsAnsweredAgainAndHappensOnce() {
        String name = promotedTwice();
        HttpResponse<String> first = keyed("POST", "/v1/adapters/" + name + "/rollback", "");
        forgetAnswer();

        assertAlike(keyed("POST", "/v1/adapters/" + name + "/rollback", ""), first);
        assertThat(active(name)).isEqualTo(1);
        assertThat(audited("adapter.rollback")).isEqualTo(1);
    }

    @Test
    void aRollbackThatWasGivenUpWaitingForOtherNodesGoesOnWaiting() {
        String name = promotedTwice();
        HttpResponse<String> first = keyed("POST", "/v1/adapters/" + name + "/rollback", "");
        forgetAnswer();
        // What an answer of 503 does after the change was stored.
        store.release(new ClaimedKey(tenant, key, claim(), null));

        assertAlike(keyed("POST", "/v1/adapters/" + name + "/rollback", ""), first);
        assertThat(audited("adapter.rollback")).isEqualTo(1);
    }

    @Test
    void aPromotionOfWhatWasReadIsAnsweredAgainWhateverCameSince() {
        String name = newAdapter(3);
        promote(name, 1);
        String tag = tag(name);
        String path = "/v1/adapters/" + name + "/promote";
        HttpResponse<String> first = keyed("POST", path, "{'version': 2}", "If-Match", tag);
        assertThat(first.statusCode()).isEqualTo(200);
        forgetAnswer();
        promote(name, 3);

        assertAlike(keyed("POST", path, "{'version': 2}", "If-Match", tag), first);
        assertThat(active(name)).isEqualTo(3);
    }

    @Test
    void canariesAndShadowsAreAnsweredAgain() {
        String name = newAdapter(2);
        promote(name, 1);
        for (String change : List.of("canary", "shadow")) {
            String tag = tag(name);
            String path = "/v1/adapters/" + name + "/" + change;
            String body = change.equals("canary") ? "{'version': 2, 'percent': 5}" : "{'version': 2}";
            String own = change + "-" + key;
            HttpResponse<String> first = call("PUT", path, body, "If-Match", tag, "Idempotency-Key", own);
            assertThat(first.statusCode()).as(first.body()).isEqualTo(200);

            assertAlike(call("PUT", path, body, "If-Match", tag, "Idempotency-Key", own), first);
            Problems.expect(ErrorCode.PRECONDITION_FAILED, call("PUT", path, body, "If-Match", tag));
        }
    }

    @Test
    void aJobIsCancelledOnce() {
        UUID job = transactions.in(
                tenant, () -> queue.enqueue(JobKind.LORA, JsonNodeFactory.instance.objectNode(), "support", null));
        HttpResponse<String> first = keyed("POST", "/v1/jobs/" + job + "/cancel", "");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        forgetAnswer();

        assertAlike(keyed("POST", "/v1/jobs/" + job + "/cancel", ""), first);
        assertThat(audited("job.cancel")).isEqualTo(1);
    }

    @Test
    void feedbackThatIsSentAgainReplacesNothingThatWasSaidSince() {
        call("PUT", "/v1/settings", "{'feedback': true}");
        String word = "{'request_id': 'r', 'index': 0, 'verdict': 'corrected', 'text': 'a', 'labels': ['x']}";
        HttpResponse<String> first = keyed("POST", "/v1/feedback", word);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        forgetAnswer();
        call("POST", "/v1/feedback", word.replace("'x'", "'y'"));

        assertAlike(keyed("POST", "/v1/feedback", word), first);
        assertThat(one("SELECT labels[1] FROM feedback")).isEqualTo("y");
    }

    @Test
    void aRefusedChangeLeavesItsKeyFree() {
        String name = newAdapter(1);
        Problems.expect(ErrorCode.CONFLICT, keyed("POST", "/v1/adapters/" + name + "/rollback", ""));

        assertThat(keyed("POST", "/v1/adapters/" + name + "/promote", "{'version': 1}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anotherCallDoesNotGoOnWithWhatOneHasDone() {
        String name = promotedTwice();
        keyed("POST", "/v1/adapters/" + name + "/rollback", "");
        forgetAnswer();

        Problems.expect(ErrorCode.CONFLICT, keyed("POST", "/v1/adapters/" + name + "/promote", "{'version': 2}"));
        assertThat(active(name)).isEqualTo(1);
    }

    @Test
    void aCallThatWasTakenForDeadNotesNothing() {
        String name = promotedTwice();
        keyed("POST", "/v1/adapters/" + name + "/rollback", "");
        forgetAnswer();
        ClaimedKey dead = new ClaimedKey(tenant, key, UUID.randomUUID(), null);

        assertThat(transactions.in(tenant, () -> store.noteWithin(dead, "{}"))).isFalse();
    }

    private String promotedTwice() {
        String name = newAdapter(2);
        promote(name, 1);
        promote(name, 2);
        return name;
    }

    private HttpResponse<String> keyed(String method, String path, String body, String... headers) {
        String[] all = Stream.concat(Stream.of("Idempotency-Key", key), Stream.of(headers))
                .toArray(String[]::new);
        return call(method, path, body, all);
    }

    private static void assertAlike(HttpResponse<String> again, HttpResponse<String> first) {
        assertThat(again.statusCode()).as(again.body()).isEqualTo(first.statusCode());
        assertThat(Http.json(again)).isEqualTo(Http.json(first));
        assertThat(again.headers().firstValue("ETag")).isEqualTo(first.headers().firstValue("ETag"));
    }

    private String tag(String name) {
        return call("GET", "/v1/adapters/" + name, "")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
    }

    private int active(String name) {
        JsonNode adapter = Http.json(call("GET", "/v1/adapters/" + name, ""));
        return adapter.at("/deployment/active").asInt();
    }

    /** What is left of a call whose server is killed after its change is stored: the key is held, and there is no answer. */
    private void forgetAnswer() {
        String forget =
                "UPDATE idempotency SET status = NULL, media_type = NULL, body = NULL, location = NULL, etag = NULL,"
                        + " abandoned_at = now() - make_interval(secs => 1) WHERE key = ?";
        int forgotten = transactions.sql(tenant, connection -> Sql.update(connection, forget, key));
        assertThat(forgotten).isEqualTo(1);
    }

    private UUID claim() {
        return UUID.fromString(one("SELECT claim::text FROM idempotency"));
    }

    private String one(String query) {
        return transactions.sql(
                tenant,
                connection ->
                        Sql.first(connection, query, row -> row.getString(1)).orElseThrow());
    }

    private int audited(String action) {
        String name = one("SELECT name FROM tenant WHERE id = current_tenant()");
        return Owner.read("SELECT id FROM audit WHERE action = ? AND tenant = ?", action, name)
                .size();
    }
}
