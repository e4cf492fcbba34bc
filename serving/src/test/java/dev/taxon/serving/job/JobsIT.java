package dev.taxon.serving.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.TenantRows;
import dev.taxon.serving.tenant.Scope;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs over HTTP: what may be asked for, and how it is seen. */
@QuarkusTest
class JobsIT extends JobServerTest {
    private static final String TRAINED_HERE =
            "UPDATE adapter_version SET lineage = '{\"request\": {\"kind\": \"lora\","
                    + " \"adapter\": \"support\", \"dataset\": \"mails\", \"version\": 1}}'";

    @Test
    void refusesWhatIsNotInOrderAndSaysWhere() {
        HttpResponse<String> answer = post(
                "/v1/jobs",
                "{\"kind\": \"lora\", \"adapter\": \"a\", \"dataset\": \"d\","
                        + " \"hyperparameters\": {\"rank\": 1000}}");

        assertThat(Problems.expect(ErrorCode.INVALID_REQUEST, answer).at()).isEqualTo("hyperparameters.rank");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dataset    | {'kind': 'lora', 'adapter': 'a', 'dataset': 'nobodys'}",
                "dataset    | {'kind': 'lora', 'adapter': 'a', 'dataset': 'nobodys', 'version': 1}",
                "version    | {'kind': 'lora', 'adapter': 'a', 'dataset': 'mails', 'version': 7}",
                "adapter    | {'kind': 'evaluate', 'adapter': 'nobodys', 'dataset': 'mails'}",
                "adapter    | {'kind': 'classify', 'adapter': 'nobodys@1', 'texts': ['x']}",
                "from       | {'kind': 'ppo', 'adapter': 'a', 'from': 'nobodys@2', 'dataset': 'mails'}",
                "retrain    | {'retrain': 'nobodys@1'}",
                "compare_on | {'retrain': 'support@1', 'compare_on': 'nobodys'}",
                "compare_on | {'retrain': 'support@1', 'compare_on': 'mails@7'}"
            })
    void findsWhatIsNamedOrSaysWhereItStands(String at, String request) {
        TenantRows.fill(transactions, tenant);
        transactions.sql(tenant, connection -> Sql.update(connection, TRAINED_HERE));

        HttpResponse<String> answer = post("/v1/jobs", request.replace('\'', '"'));

        assertThat(Problems.expect(ErrorCode.NOT_FOUND, answer).at()).isEqualTo(at);
    }

    @Test
    void refusesWeightsOfRewardsThatAddUpToNoNumber() {
        String request = "{'kind': 'ppo', 'adapter': 'a', 'dataset': 'd', 'rewards': {'f1': 1e308, 'recall': 1e308}}";

        HttpResponse<String> answer = post("/v1/jobs", request.replace('\'', '"'));

        assertThat(Problems.expect(ErrorCode.INVALID_REQUEST, answer).at()).isEqualTo("rewards");
    }

    @Test
    void anImportSaysWhichVersionItReads() {
        post("/v1/datasets", "{\"name\": \"tickets\"}");
        Http.send(authorized("/v1/datasets/tickets/versions")
                .setHeader("Content-Type", "application/jsonl")
                .POST(BodyPublishers.ofString("{\"text\": \"a\", \"label\": \"b\"}\n")));

        JsonNode listed = Http.json(get("/v1/jobs")).get("items").get(0);

        assertThat(listed.get("kind").asText()).isEqualTo("import");
        assertThat(listed.at("/request/dataset").asText()).isEqualTo("tickets");
        assertThat(listed.at("/request/version").asInt()).isEqualTo(1);
        assertThat(Http.json(get("/v1/jobs/" + listed.get("id").asText()))).isEqualTo(listed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kind\": \"tune\"}", "{\"kind\": \"lora\", \"epochs\": 3}"})
    void knowsNoOtherWords(String request) {
        assertThat(post("/v1/jobs", request).statusCode()).isEqualTo(400);
    }

    @Test
    void asksForWorkAndSeesIt() {
        JsonNode made =
                Http.json(post("/v1/jobs", "{\"kind\": \"classify\", \"texts\": [\"x\"], \"labels\": [\"a\", \"b\"]}"));

        JsonNode seen = Http.json(get("/v1/jobs/" + made.get("id").asText()));

        assertThat(seen).isEqualTo(made);
        assertThat(seen.path("state").asText()).isEqualTo("queued");
        assertThat(seen.at("/request/labels/1").asText()).isEqualTo("b");
        assertThat(seen.get("request").has("texts")).as("texts are not shown").isFalse();
        assertThat(claim().orElseThrow().attempt().tenant()).isEqualTo(tenant);
    }

    @Test
    void aLimitThatIsNoNumberIsRefusedWithItsPlace() {
        for (String limit : List.of("many", "2147483648", "1.5")) {
            HttpResponse<String> answer = get("/v1/jobs?limit=" + limit);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(Http.json(answer).get("at").asText()).isEqualTo("limit");
        }
    }

    @Test
    void listsTheNewestFirstInPagesAndByState() {
        List<String> ids =
                IntStream.range(0, 5).mapToObj(number -> enqueue().toString()).toList();
        post("/v1/jobs/" + ids.get(2) + "/cancel", "");

        JsonNode first = Http.json(get("/v1/jobs?limit=3"));
        JsonNode second =
                Http.json(get("/v1/jobs?limit=3&after=" + first.get("next").asText()));

        assertThat(first.get("items").findValuesAsText("id")).containsExactly(ids.get(4), ids.get(3), ids.get(2));
        assertThat(second.get("items").findValuesAsText("id")).containsExactly(ids.get(1), ids.get(0));
        assertThat(second.has("next")).isFalse();
        assertThat(Http.json(get("/v1/jobs?state=cancelled")).get("items").findValuesAsText("id"))
                .containsExactly(ids.get(2));
        Problems.expect(ErrorCode.INVALID_REQUEST, get("/v1/jobs?state=asleep"));
    }

    @Test
    void anothersJobIsNotThere() {
        UUID job = enqueue();
        String path = "/v1/jobs/" + job;
        token = newKey("jobs-" + UUID.randomUUID(), Scope.all()).token();

        for (String each : List.of(path, path + "/events", path + "/result", "/v1/jobs/77")) {
            Problems.expect(ErrorCode.NOT_FOUND, get(each));
        }
        Problems.expect(ErrorCode.NOT_FOUND, post(path + "/cancel", ""));
        assertThat(Http.json(get("/v1/jobs")).get("items")).isEmpty();
    }

    @Test
    void needsTheScopeToTrain() {
        token = newKey("jobs-" + UUID.randomUUID(), EnumSet.complementOf(EnumSet.of(Scope.TRAIN)))
                .token();

        Problems.expect(ErrorCode.FORBIDDEN, get("/v1/jobs"));
        Problems.expect(ErrorCode.FORBIDDEN, post("/v1/jobs", "{}"));
    }
}
