package dev.taxon.serving.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.core.Mode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.AdapterZips;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which version answers, and how that changes. */
@QuarkusTest
class DeploymentIT extends AdapterServerTest {
    @Inject
    TenantTransactions transactions;

    @Test
    void answersByTheVersionThatIsActiveOrNamed() {
        String name = newAdapter(2);
        promote(name, 1);
        JsonNode active = classify(name);
        assertThat(active.at("/adapter").asText()).isEqualTo(name + "@1");
        JsonNode pinned = classify(name + "@2");
        assertThat(pinned.at("/adapter").asText()).isEqualTo(name + "@2");
        assertThat(pinned.at("/scores")).isNotEqualTo(active.at("/scores"));
        promote(name, 2);
        assertThat(classify(name).at("/scores")).isEqualTo(pinned.at("/scores"));
    }

    @Test
    void takesLabelsAndModeOfTheAdapterWhereTheRequestBringsNone() {
        String name = newName();
        importVersion(
                name,
                AdapterZips.zip(AdapterZips.files(AdapterZips.adapter(5, LABELS, Mode.MULTI_LABEL, Optional.empty()))));
        JsonNode own = classify(name + "@1");
        assertThat(own.at("/scores").properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(LABELS);
        double sum =
                own.at("/scores").valueStream().mapToDouble(JsonNode::asDouble).sum();
        assertThat(sum).isNotCloseTo(1, within(1e-3));
        long reached = own.at("/scores")
                .valueStream()
                .filter(score -> score.asDouble() >= 0.3)
                .count();
        assertThat(own.at("/predictions"))
                .as("the adapter's own threshold is 0.3")
                .hasSize((int) reached);
        HttpResponse<String> asked = call(
                "POST",
                "/v1/classify",
                "{'texts': ['x'], 'adapter': '" + name + "@1', 'labels': ['a', 'b'], 'mode': 'single-label'}");
        JsonNode scores = Http.json(asked).at("/results/0/scores");
        assertThat(scores.at("/a").asDouble() + scores.at("/b").asDouble()).isCloseTo(1, within(1e-6));
    }

    @Test
    void saysWhereAnAdapterIsNotThere() {
        String name = newAdapter(1);
        String theirs = newKey("globex", Scope.all()).token();
        for (String missing : List.of(name + "@2", "nobody")) {
            unknown(token, missing, ErrorCode.NOT_FOUND);
        }
        unknown(theirs, name + "@1", ErrorCode.NOT_FOUND);
        unknown(token, name, ErrorCode.CONFLICT);
    }

    private static void unknown(String key, String adapter, ErrorCode code) {
        String body = "{'inputs': [{'text': 'a', 'labels': ['b']}, {'text': 'a', 'adapter': '" + adapter + "'}]}";
        assertThat(Problems.expect(code, callAs(key, "POST", "/v1/classify", body))
                        .at())
                .isEqualTo("inputs[1].adapter");
    }

    @Test
    void rollsBackOnce() {
        String name = newAdapter(2);
        Problems.expect(ErrorCode.CONFLICT, call("POST", "/v1/adapters/" + name + "/rollback", ""));
        promote(name, 1);
        promote(name, 2);
        HttpResponse<String> response = call("POST", "/v1/adapters/" + name + "/rollback", "");
        assertThat(Http.json(response).at("/active").asInt()).isEqualTo(1);
        assertThat(classify(name).at("/adapter").asText()).isEqualTo(name + "@1");
        Problems.expect(ErrorCode.CONFLICT, call("POST", "/v1/adapters/" + name + "/rollback", ""));
    }

    @Test
    void changesOnlyWhatTheCallerHasRead() {
        String name = newAdapter(3);
        promote(name, 1);
        String tag = call("GET", "/v1/adapters/" + name, "")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        HttpResponse<String> first = promoteIf(name, 2, tag);
        assertThat(first.statusCode()).isEqualTo(200);
        Problems.expect(ErrorCode.PRECONDITION_FAILED, promoteIf(name, 3, tag));
        assertThat(classify(name).at("/adapter").asText()).isEqualTo(name + "@2");
        assertThat(promoteIf(name, 3, first.headers().firstValue("ETag").orElseThrow())
                        .statusCode())
                .isEqualTo(200);
        assertThat(promoteIf(name, 1, "*").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> promoteIf(String name, int version, String tag) {
        return call("POST", "/v1/adapters/" + name + "/promote", "{'version': " + version + "}", "If-Match", tag);
    }

    @Test
    void letsOneOfTwoAtOnceThatHaveReadTheSame() {
        String name = newAdapter(3);
        promote(name, 1);
        String tag = call("GET", "/v1/adapters/" + name, "")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        List<CompletableFuture<HttpResponse<String>>> both = Stream.of(2, 3)
                .map(version -> CompletableFuture.supplyAsync(() -> promoteIf(name, version, tag)))
                .toList();
        List<Integer> states =
                both.stream().map(each -> each.join().statusCode()).toList();
        assertThat(states).containsExactlyInAnyOrder(200, 412);
    }

    @Test
    void promotesNothingThatIsNotThere() {
        String name = newAdapter(2);
        Problems.expect(ErrorCode.NOT_FOUND, call("POST", "/v1/adapters/" + name + "/promote", "{'version': 3}"));
        call("DELETE", "/v1/adapters/" + name + "/versions/2", "");
        Problems.expect(ErrorCode.NOT_FOUND, call("POST", "/v1/adapters/" + name + "/promote", "{'version': 2}"));
        Problems.expect(ErrorCode.NOT_FOUND, call("POST", "/v1/adapters/" + newName() + "/promote", "{'version': 1}"));
    }

    @Test
    void deletesNoVersionThatAnswers() {
        String name = newAdapter(3);
        promote(name, 1);
        call("PUT", "/v1/adapters/" + name + "/canary", "{'version': 2, 'percent': 10}");
        call("PUT", "/v1/adapters/" + name + "/shadow", "{'version': 3}");
        for (int version = 1; version <= 3; version++) {
            Problems.expect(ErrorCode.CONFLICT, call("DELETE", "/v1/adapters/" + name + "/versions/" + version, ""));
        }
        Problems.expect(ErrorCode.CONFLICT, call("DELETE", "/v1/adapters/" + name, ""));
        assertThat(classify(name + "@3").at("/adapter").asText()).isEqualTo(name + "@3");
        assertThat(call("PUT", "/v1/adapters/" + name + "/shadow", "{'version': null}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(call("DELETE", "/v1/adapters/" + name + "/versions/3", "").statusCode())
                .isEqualTo(204);
        unknown(token, name + "@3", ErrorCode.NOT_FOUND);
        assertThat(call("DELETE", "/v1/adapters/" + name + "?force=true", "").statusCode())
                .isEqualTo(204);
        unknown(token, name, ErrorCode.NOT_FOUND);
        unknown(token, name + "@1", ErrorCode.NOT_FOUND);
    }

    @Test
    void keepsRoutingKeysOnTheirSideOfACanaryWhileItGrows() {
        String name = newAdapter(2);
        promote(name, 1);
        Set<String> before = canaries(name, 20);
        Set<String> after = canaries(name, 60);
        assertThat(before).hasSizeBetween(5, 40);
        assertThat(after).hasSizeBetween(40, 80).containsAll(before);
        assertThat(canaries(name, 60)).isEqualTo(after);
        assertThat(call("PUT", "/v1/adapters/" + name + "/canary", "{'version': null}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(servedByTwo(name)).isEmpty();
    }

    /** Of a hundred keys those that the canary answers. */
    private Set<String> canaries(String name, int percent) {
        HttpResponse<String> set =
                call("PUT", "/v1/adapters/" + name + "/canary", "{'version': 2, 'percent': " + percent + "}");
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        return servedByTwo(name);
    }

    private Set<String> servedByTwo(String name) {
        Set<String> canaries = new HashSet<>();
        for (int key = 0; key < 100; key++) {
            JsonNode result = classify(name, "X-Taxon-Routing-Key", "user-" + key);
            if (result.at("/adapter").asText().equals(name + "@2")) {
                canaries.add("user-" + key);
            }
        }
        return canaries;
    }

    @Test
    void endsACanaryThatIsPromoted() {
        String name = newAdapter(2);
        promote(name, 1);
        call("PUT", "/v1/adapters/" + name + "/canary", "{'version': 2, 'percent': 50}");
        JsonNode promoted = promote(name, 2);
        assertThat(promoted.has("canary")).isFalse();
        assertThat(promoted.at("/previous").asInt()).isEqualTo(1);
    }

    @Test
    void refusesCanariesAndShadowsThatMakeNoSense() {
        String name = newAdapter(2);
        String canary = "/v1/adapters/" + name + "/canary";
        Problems.expect(ErrorCode.CONFLICT, call("PUT", canary, "{'version': 2, 'percent': 5}"));
        promote(name, 1);
        Problems.expect(ErrorCode.CONFLICT, call("PUT", canary, "{'version': 1, 'percent': 5}"));
        Problems.expect(ErrorCode.NOT_FOUND, call("PUT", canary, "{'version': 9, 'percent': 5}"));
        for (String wrong : List.of("0", "100", "null")) {
            assertThat(Problems.expect(
                                    ErrorCode.INVALID_REQUEST,
                                    call("PUT", canary, "{'version': 2, 'percent': " + wrong + "}"))
                            .at())
                    .isEqualTo("percent");
        }
        Problems.expect(ErrorCode.CONFLICT, call("PUT", "/v1/adapters/" + name + "/shadow", "{'version': 1}"));
        Problems.expect(ErrorCode.CONFLICT, call("GET", "/v1/adapters/" + name + "/comparison", ""));
    }

    @Test
    void countsWhatAShadowSaysBesideTheActiveVersion() {
        String name = newAdapter(2);
        promote(name, 1);
        call("PUT", "/v1/adapters/" + name + "/shadow", "{'version': 2}");
        String texts = "'"
                + String.join(
                        "','", IntStream.range(0, 40).mapToObj(i -> "text " + i).toList()) + "'";
        HttpResponse<String> answered =
                call("POST", "/v1/classify", "{'texts': [" + texts + "], 'adapter': '" + name + "'}");
        assertThat(Http.json(answered).at("/results/0/adapter").asText()).isEqualTo(name + "@1");
        eventually(() -> assertThat(comparison(name).at("/texts").asInt()).isEqualTo(40));
        JsonNode comparison = comparison(name);
        assertThat(comparison.at("/active").asInt()).isEqualTo(1);
        assertThat(comparison.at("/other").asInt()).isEqualTo(2);
        long agreed = comparison
                .at("/pairs")
                .valueStream()
                .filter(pair -> pair.at("/active").equals(pair.at("/other")))
                .mapToLong(pair -> pair.at("/texts").asLong())
                .sum();
        long all = comparison
                .at("/pairs")
                .valueStream()
                .mapToLong(pair -> pair.at("/texts").asLong())
                .sum();
        assertThat(comparison.at("/agreed").asLong()).isEqualTo(agreed).isLessThan(40);
        assertThat(all).isEqualTo(40);
    }

    private JsonNode comparison(String name) {
        return Http.json(call("GET", "/v1/adapters/" + name + "/comparison", ""));
    }

    @Test
    void promotesWhatIsRequiredToBeBetterOnlyWhereThatCanBeTold() {
        String name = newAdapter(3);
        promote(name, 1);
        String better = "{'version': %d, 'require': 'better_than_active'}";
        assertThat(Problems.expect(ErrorCode.CONFLICT, promoteAs(name, better.formatted(2)))
                        .detail())
                .contains("cannot be told");
        UUID shared = newDatasetVersion();
        judge(name + "@1", shared, 0.8);
        judge(name + "@2", newDatasetVersion(), 0.99);
        assertThat(Problems.expect(ErrorCode.CONFLICT, promoteAs(name, better.formatted(2)))
                        .detail())
                .contains("cannot be told");
        judge(name + "@2", shared, 0.7);
        assertThat(Problems.expect(ErrorCode.CONFLICT, promoteAs(name, better.formatted(2)))
                        .detail())
                .contains("macro F1 0.7000 against 0.8000");
        judge(name + "@3", shared, 0.9);
        assertThat(promoteAs(name, better.formatted(3)).statusCode()).isEqualTo(200);
        Problems.expect(
                ErrorCode.NOT_FOUND,
                promoteAs(name, "{'version': 1, 'require': 'better_than_active', 'dataset': 'nothing@1'}"));
        Problems.expect(ErrorCode.INVALID_REQUEST, promoteAs(name, "{'version': 1, 'dataset': 'nothing@1'}"));
    }

    private HttpResponse<String> promoteAs(String name, String body) {
        return call("POST", "/v1/adapters/" + name + "/promote", body);
    }

    private UUID newDatasetVersion() {
        UUID dataset = UUID.randomUUID();
        UUID version = UUID.randomUUID();
        transactions.sql(acme(), connection -> {
            Sql.update(connection, "INSERT INTO dataset (id, name) VALUES (?, ?)", dataset, "d" + dataset);
            return Sql.update(
                    connection,
                    "INSERT INTO dataset_version (id, dataset_id, number, state, source) VALUES (?, ?, 1, 'ready', 'upload')",
                    version,
                    dataset);
        });
        return version;
    }

    /** What a worker leaves of an evaluation. */
    private void judge(String version, UUID dataset, double macroF1) {
        transactions.sql(
                acme(),
                connection -> Sql.update(
                        connection,
                        "INSERT INTO job (id, kind, state, request, adapter, dataset_version_id, result, ended_at)"
                                + " VALUES (?, 'evaluate', 'succeeded', ?, ?, ?, ?, now())",
                        UUID.randomUUID(),
                        "{\"kind\": \"evaluate\", \"adapter\": \"" + version + "\"}",
                        version,
                        dataset,
                        "{\"accuracy\": 0.5, \"macro_f1\": " + macroF1 + "}"));
    }

    @Test
    void writesEveryChangeIntoTheAudit() {
        String name = newAdapter(2);
        promote(name, 1);
        promote(name, 1);
        call("PUT", "/v1/adapters/" + name + "/canary", "{'version': 2, 'percent': 5}");
        call("PUT", "/v1/adapters/" + name + "/canary", "{'version': null}");
        call("DELETE", "/v1/adapters/" + name + "?force=true", "");
        List<String> entries = transactions.sql(
                acme(),
                connection -> Sql.query(
                        connection,
                        "SELECT action || ' ' || subject FROM audit WHERE subject LIKE ? ORDER BY id",
                        row -> row.getString(1).replace(name, "x"),
                        name + "%"));
        assertThat(entries)
                .containsExactly(
                        "adapter.import x@1",
                        "adapter.import x@2",
                        "adapter.promote x@1",
                        "adapter.canary x@2",
                        "adapter.canary x",
                        "adapter.delete x");
    }

    private UUID acme() {
        return new TenantKeys(dataSource).findOrCreate("acme").id();
    }
}
