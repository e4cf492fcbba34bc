package dev.taxon.serving.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.core.Mode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.AdapterZips;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Owner;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.tenant.Scope;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which version answers, and how that changes. */
@QuarkusTest
class DeploymentIT extends AdapterServerTest {
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
    void aChangeAnswersWithWhatIsReadAfterIt() {
        String name = newAdapter(1);
        JsonNode changed = promote(name, 1);
        assertThat(Http.json(call("GET", "/v1/adapters/" + name, "")).get("deployment"))
                .isEqualTo(changed);
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
    void theAdaptersOwnLabelsMakeATreeToo() {
        String name = newAdapter(1);
        HttpResponse<String> asked =
                call("POST", "/v1/classify", "{'texts': ['x'], 'adapter': '" + name + "@1', 'hierarchical': true}");
        JsonNode result = Http.json(asked).at("/results/0");
        assertThat(result.at("/tree").properties().stream().map(Map.Entry::getKey))
                .containsExactlyElementsOf(LABELS);
        assertThat(result.at("/tree/delivery")).isEqualTo(result.at("/scores/delivery"));
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
    void bothOfTwoAtOnceThatDoNotAskEndOneAfterTheOther() {
        String name = newAdapter(3);
        long generation = promote(name, 1).get("generation").asLong();
        int active = 1;
        for (int round = 0; round < 5; round++) {
            int known = active;
            List<CompletableFuture<JsonNode>> both = Stream.of(1, 2, 3)
                    .filter(version -> version != known)
                    .map(version -> CompletableFuture.supplyAsync(() -> promote(name, version)))
                    .toList();
            List<JsonNode> inOrder = both.stream()
                    .map(CompletableFuture::join)
                    .sorted(Comparator.comparingLong(
                            (JsonNode each) -> each.get("generation").asLong()))
                    .toList();

            assertThat(inOrder)
                    .extracting(each -> each.get("generation").asLong())
                    .containsExactly(generation + 1, generation + 2);
            generation += 2;
            active = inOrder.get(1).get("active").asInt();
            JsonNode now = Http.json(call("GET", "/v1/adapters/" + name, ""));
            assertThat(now.at("/deployment/active").asInt()).isEqualTo(active);
            assertThat(classify(name).at("/adapter").asText()).isEqualTo(name + "@" + active);
        }
    }

    /** Whoever saw a number grow by more than its own changes would know what others do. */
    @Test
    void countsTheChangesUnderANameAlone() {
        String name = newAdapter(2);
        String other = newAdapter(2);
        for (int version = 1; version <= 2; version++) {
            assertThat(promote(name, version).get("generation").asInt()).isEqualTo(version);
            assertThat(promote(other, version).get("generation").asInt()).isEqualTo(version);
        }
        assertThat(call("DELETE", "/v1/adapters/" + name + "?force=true", "").statusCode())
                .isEqualTo(204);
        int number = Http.json(importVersion(name, AdapterZips.of(9, LABELS)))
                .get("version")
                .asInt();
        assertThat(promoteIf(name, number, "\"2\"").statusCode())
                .as("a tag of one that was deleted")
                .isEqualTo(412);
        assertThat(promote(name, number).get("generation").asInt()).isEqualTo(3);
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
    void writesEveryChangeIntoTheAudit() {
        String name = newAdapter(2);
        promote(name, 1);
        promote(name, 1);
        call("PUT", "/v1/adapters/" + name + "/canary", "{'version': 2, 'percent': 5}");
        call("PUT", "/v1/adapters/" + name + "/canary", "{'version': null}");
        call("DELETE", "/v1/adapters/" + name + "?force=true", "");
        List<String> entries = Owner.read(
                "SELECT action || ' ' || replace(subject, ?, 'x') FROM audit WHERE subject LIKE ? ORDER BY id",
                name,
                name + "%");
        assertThat(entries)
                .containsExactly(
                        "adapter.import x@1",
                        "adapter.import x@2",
                        "adapter.promote x@1",
                        "adapter.canary x@2",
                        "adapter.canary x",
                        "adapter.delete x");
    }
}
