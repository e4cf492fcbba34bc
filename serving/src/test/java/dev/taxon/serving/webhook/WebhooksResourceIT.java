package dev.taxon.serving.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Operators;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.tenant.Scope;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks over HTTP. */
@QuarkusTest
class WebhooksResourceIT extends ServerTest {
    private String key = "";

    @BeforeEach
    void makeTenant() {
        key = newKey("w" + UUID.randomUUID(), Scope.all()).token();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/x",
                "https://127.0.0.1/",
                "https://[::1]/",
                "https://169.254.169.254/latest/meta-data",
                "https://10.0.0.1/",
                "http://1.1.1.1/",
                "https://2130706433/",
                "file:///etc/passwd",
                "https://a:b@1.1.1.1/",
                "nonsense"
            })
    void urlsThatLeadThereAreRefused(String url) {
        HttpResponse<String> refused = call("POST", "/v1/webhooks", "{\"url\": \"" + url + "\"}");

        assertThat(Problems.expect(ErrorCode.INVALID_REQUEST, refused).at()).isEqualTo("url");
        assertThat(refused.body()).doesNotContain("a:b");
    }

    @Test
    void areMadeWithASecretThatIsShownOnce() {
        HttpResponse<String> made = call("POST", "/v1/webhooks", "{\"url\": \"https://1.1.1.1/x\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String id = Http.json(made).get("id").asText();
        assertThat(Http.json(made).get("secret").asText()).startsWith("whsec_").hasSize(70);

        assertThat(call("GET", "/v1/webhooks", "").body()).contains(id).doesNotContain("whsec_");
        assertThat(call("GET", "/v1/webhooks/" + id, "").body()).doesNotContain("whsec_");
        Problems.expect(ErrorCode.NOT_FOUND, Operators.call(token, "GET", "/v1/webhooks/" + id, ""));
        Problems.expect(ErrorCode.NOT_FOUND, Operators.call(token, "DELETE", "/v1/webhooks/" + id, ""));
        assertThat(call("DELETE", "/v1/webhooks/" + id, "").statusCode()).isEqualTo(204);
        Problems.expect(ErrorCode.NOT_FOUND, call("DELETE", "/v1/webhooks/" + id, ""));
        Problems.expect(ErrorCode.NOT_FOUND, call("GET", "/v1/webhooks/none", ""));
    }

    @Test
    void wantTheScopeManageAndAreTwentyAtMost() {
        String other = newKey("acme", Set.of(Scope.TRAIN)).token();
        Problems.expect(ErrorCode.FORBIDDEN, Operators.call(other, "GET", "/v1/webhooks", ""));
        for (int i = 0; i < 20; i++) {
            assertThat(call("POST", "/v1/webhooks", "{\"url\": \"https://1.1.1.1/" + i + "\"}")
                            .statusCode())
                    .isEqualTo(201);
        }
        Problems.expect(ErrorCode.CONFLICT, call("POST", "/v1/webhooks", "{\"url\": \"https://1.1.1.1/\"}"));
        JsonNode page = Http.json(call("GET", "/v1/webhooks?limit=15", ""));
        JsonNode rest = Http.json(
                call("GET", "/v1/webhooks?limit=15&after=" + page.get("next").asText(), ""));
        assertThat(rest.get("items")).hasSize(5);
        assertThat(rest.get("next")).isNull();
    }

    @Test
    void areTwentyAtMostHoweverManyAreMadeAtOnce() {
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 40)
                .mapToObj(i -> Http.sendLater(Http.to("/v1/webhooks")
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"url\": \"https://1.1.1.1/" + i + "\"}"))))
                .toList();
        List<HttpResponse<String>> answers =
                calls.stream().map(CompletableFuture::join).toList();

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(20);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 201)
                .allSatisfy(refused -> Problems.expect(ErrorCode.CONFLICT, refused));
        assertThat(Http.json(call("GET", "/v1/webhooks?limit=100", "")).get("items"))
                .hasSize(20);
    }

    private HttpResponse<String> call(String method, String path, String body) {
        return Operators.call(key, method, path, body);
    }
}
