package dev.taxon.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.RawHttp;
import dev.taxon.serving.fixture.ServerTest;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths and methods: those of the contract, and those that never were. */
@QuarkusTest
class RoutesIT extends ServerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1", "/v1/nothing", "/v1/classify/more", "/v1/jobs/77/more", "/v1/modelsx", "/v1/admin/other"})
    void knowsNoOtherRoutes(String path) {
        Problems.expect(ErrorCode.NOT_FOUND, call("GET", path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "GET /v1/classify POST",
                "DELETE /v1/classify POST",
                "PUT /v1/models GET",
                "PATCH /v1/datasets GET,POST",
                "GET /v1/adapters/support/canary PUT"
            })
    void saysWhichMethodsARouteTakes(String method, String path, String allowed) {
        HttpResponse<String> response = call(method, path);
        Problems.expect(ErrorCode.METHOD_NOT_ALLOWED, response);
        String allow = response.headers().firstValue("Allow").orElse("");
        assertThat(allow.split(", ")).containsExactlyInAnyOrder(allowed.split(","));
    }

    @ParameterizedTest
    @CsvSource({
        "/%zz,400",
        "/%,400",
        "/v1/classify%,400",
        "/v1/models/%f,400",
        "/q/%zz,400",
        "/v1/models?limit=%zz,400",
        "/v1/{name},400",
        "/v1/classify?a={,400",
        "/v1/%00,404",
        "/%ff,404",
        "/v1/%2e%2e/%2e%2e/x,404"
    })
    void hasProblemsForUrlsThatAreNone(String path, int status) throws IOException {
        expectProblem(status, "GET " + path + " HTTP/1.1\r\nHost: localhost");
    }

    @Test
    void hasAProblemForACallToNobody() throws IOException {
        expectProblem(400, "GET /v1/models HTTP/1.1");
        expectProblem(404, "GET nothing HTTP/1.1\r\nHost: localhost");
    }

    private static void expectProblem(int status, String head) throws IOException {
        try (RawHttp connection = new RawHttp()) {
            connection.send(head, "");
            assertThat(connection.answer())
                    .startsWith("HTTP/1.1 " + status)
                    .containsIgnoringCase("content-type: application/problem+json")
                    .containsIgnoringCase("x-request-id: ")
                    .contains("\"request_id\":");
        }
    }

    private HttpResponse<String> call(String method, String path) {
        return Http.send(Http.to(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(method.equals("GET") ? "" : "{}")));
    }
}
