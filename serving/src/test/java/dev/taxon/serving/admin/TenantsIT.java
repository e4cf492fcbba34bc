package dev.taxon.serving.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Operators;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a tenant, as operators lead it. */
@QuarkusTest
class TenantsIT extends ServerTest {
    private static final String CLASSIFY = "{\"texts\": [\"a secret sentence\"], \"labels\": [\"a\", \"b\"]}";

    private String operator = "";
    private final String name = "t-" + UUID.randomUUID();

    @BeforeEach
    void makeOperator() {
        operator = Operators.token();
    }

    @Test
    void aNewTenantHasAKeyThatWorks() {
        HttpResponse<String> created = call("POST", "/v1/admin/tenants", "{\"name\": \"" + name + "\"}");

        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location").orElse("")).endsWith("/v1/admin/tenants/" + name);
        JsonNode key = Http.json(created);
        assertThat(Http.send(Http.classify(key.get("token").asText(), CLASSIFY)).statusCode())
                .isEqualTo(200);
        JsonNode tenant = Http.json(call("GET", "/v1/admin/tenants/" + name, ""));
        assertThat(tenant.get("state").asText()).isEqualTo("active");
        assertThat(tenant.get("created_at").asText()).endsWith("Z");
    }

    @Test
    void aNameIsTakenOnce() {
        create();

        Problems.expect(ErrorCode.CONFLICT, call("POST", "/v1/admin/tenants", "{\"name\": \"" + name + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a/b", "../x", ".hidden", "caf\u00e9", "\ud83d\ude00"})
    void refusesNamesThatAreNone(String bad) {
        HttpResponse<String> refused = call("POST", "/v1/admin/tenants", "{\"name\": \"" + bad + "\"}");

        assertThat(Problems.expect(ErrorCode.INVALID_REQUEST, refused).at()).isEqualTo("name");
    }

    @Test
    void refusesLongNamesAndScopesThatAreNone() {
        Problems.expect(
                ErrorCode.INVALID_REQUEST,
                call("POST", "/v1/admin/tenants", "{\"name\": \"" + "n".repeat(1_000) + "\"}"));
        for (String scopes : List.of("[]", "[\"operator\"]", "[\"Classify\"]")) {
            HttpResponse<String> refused =
                    call("POST", "/v1/admin/tenants", "{\"name\": \"" + name + "\", \"scopes\": " + scopes + "}");
            assertThat(Problems.expect(ErrorCode.INVALID_REQUEST, refused).at()).isEqualTo("scopes");
        }
        Problems.expect(ErrorCode.NOT_FOUND, call("GET", "/v1/admin/tenants/" + name, ""));
    }

    @Test
    void aSuspendedTenantIsRefusedWithinSecondsAndLosesNothing() throws Exception {
        String token = create();
        assertThat(Http.send(Http.classify(token, CLASSIFY)).statusCode()).isEqualTo(200);

        call("PATCH", "/v1/admin/tenants/" + name, "{\"state\": \"suspended\"}");
        HttpResponse<String> refused = await(token, 403);
        assertThat(Problems.expect(ErrorCode.FORBIDDEN, refused).detail()).contains("suspended");

        call("PATCH", "/v1/admin/tenants/" + name, "{\"state\": \"active\"}");
        await(token, 200);
    }

    @Test
    void keysAreMadeListedWithoutSecretsAndRevoked() throws Exception {
        create();
        JsonNode key =
                Http.json(call("POST", "/v1/admin/keys", "{\"tenant\": \"" + name + "\", \"scopes\": [\"classify\"]}"));
        String token = key.get("token").asText();
        assertThat(Http.send(Http.classify(token, CLASSIFY)).statusCode()).isEqualTo(200);
        Problems.expect(ErrorCode.FORBIDDEN, Operators.call(token, "GET", "/v1/usage", ""));

        HttpResponse<String> list = call("GET", "/v1/admin/keys?tenant=" + name, "");
        assertThat(Http.json(list).get("items")).hasSize(2);
        assertThat(list.body()).contains(key.get("id").asText()).doesNotContain("token", token.substring(20));

        assertThat(call("DELETE", "/v1/admin/keys/" + key.get("id").asText(), "")
                        .statusCode())
                .isEqualTo(204);
        Problems.expect(
                ErrorCode.NOT_FOUND,
                call("DELETE", "/v1/admin/keys/" + key.get("id").asText(), ""));
        await(token, 401);
    }

    @Test
    void tenantsAreListedInPages() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(name + i);
            call("POST", "/v1/admin/tenants", "{\"name\": \"" + name + i + "\"}");
        }

        List<String> listed = new ArrayList<>();
        String after = name;
        for (int page = 0; page < 3; page++) {
            JsonNode answer = Http.json(call("GET", "/v1/admin/tenants?limit=2&after=" + after, ""));
            answer.get("items").forEach(item -> listed.add(item.get("name").asText()));
            after = answer.path("next").asText(after);
        }

        assertThat(listed).startsWith(made.toArray(String[]::new));
    }

    @Test
    void quotasAreSetWhole() {
        create();
        String path = "/v1/admin/quotas/" + name;

        assertThat(call("GET", path, "").body()).isEqualTo("{\"weight\":100}");
        call("PUT", path, "{\"texts_per_day\": 5, \"adapters\": 3, \"weight\": 7}");
        assertThat(call("GET", path, "").body()).isEqualTo("{\"texts_per_day\":5,\"adapters\":3,\"weight\":7}");
        call("PUT", path, "{\"adapters\": 4}");
        assertThat(call("GET", path, "").body()).isEqualTo("{\"adapters\":4,\"weight\":100}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"adapters\": -1}|adapters|INVALID_REQUEST",
                "{\"weight\": 0}|weight|INVALID_REQUEST",
                "{\"weight\": 10001}|weight|INVALID_REQUEST",
                "{\"adapters\": 1.5}|adapters|INVALID_REQUEST",
                "{\"pots\": 1}|pots|UNKNOWN_FIELD"
            })
    void refusesQuotasThatAreNone(String body, String at, ErrorCode code) {
        create();

        assertThat(Problems.expect(code, call("PUT", "/v1/admin/quotas/" + name, body))
                        .at())
                .isEqualTo(at);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (String[] call : new String[][] {
            {"GET", "/v1/admin/tenants/" + name, ""},
            {"PATCH", "/v1/admin/tenants/" + name, "{\"state\": \"active\"}"},
            {"DELETE", "/v1/admin/tenants/" + name, ""},
            {"GET", "/v1/admin/keys?tenant=" + name, ""},
            {"POST", "/v1/admin/keys", "{\"tenant\": \"" + name + "\"}"},
            {"GET", "/v1/admin/quotas/" + name, ""},
            {"PUT", "/v1/admin/quotas/" + name, "{}"},
            {"DELETE", "/v1/admin/keys/nothing", ""}
        }) {
            Problems.expect(ErrorCode.NOT_FOUND, call(call[0], call[1], call[2]));
        }
    }

    @Test
    void theAuditTellsWhoDidWhatAndQuotesNothing() {
        String token = create();
        Http.send(Http.classify(token, CLASSIFY));
        HttpResponse<String> suspended = call("PATCH", "/v1/admin/tenants/" + name, "{\"state\": \"suspended\"}");

        HttpResponse<String> audit = call("GET", "/v1/admin/audit?tenant=" + name, "");

        JsonNode items = Http.json(audit).get("items");
        assertThat(items.findValuesAsText("action")).containsExactly("tenant.suspended", "key.create", "tenant.create");
        assertThat(items.get(0).get("actor").asText()).startsWith("operator:");
        assertThat(items.get(0).get("subject").asText()).isEqualTo(name);
        assertThat(items.get(0).get("request_id").asText())
                .isEqualTo(suspended.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(audit.body()).doesNotContain("secret sentence", token.substring(20));
        JsonNode page = Http.json(call("GET", "/v1/admin/audit?limit=2&tenant=" + name, ""));
        JsonNode rest = Http.json(call(
                "GET",
                "/v1/admin/audit?tenant=" + name + "&after=" + page.get("next").asText(),
                ""));
        assertThat(rest.get("items").findValuesAsText("action")).containsExactly("tenant.create");
    }

    private String create() {
        HttpResponse<String> created = call("POST", "/v1/admin/tenants", "{\"name\": \"" + name + "\"}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return Http.json(created).get("token").asText();
    }

    private HttpResponse<String> await(String token, int status) throws InterruptedException {
        HttpResponse<String> answer = Http.send(Http.classify(token, CLASSIFY));
        for (int second = 0; second < 15 && answer.statusCode() != status; second++) {
            Thread.sleep(1_000);
            answer = Http.send(Http.classify(token, CLASSIFY));
        }
        assertThat(answer.statusCode()).isEqualTo(status);
        return answer;
    }

    private HttpResponse<String> call(String method, String path, String body) {
        return Operators.call(operator, method, path, body);
    }
}
