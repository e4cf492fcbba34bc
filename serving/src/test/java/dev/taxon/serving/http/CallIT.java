package dev.taxon.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.HashClassifier;
import dev.taxon.serving.fixture.HeldClassifier;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every call has in common: ids, deadlines, sizes, and problems for whatever is not a call of the contract. */
@QuarkusTest
class CallIT extends ServerTest {
    private static final String BODY = "{\"texts\": [\"a text\"], \"labels\": [\"a\", \"b\"]}";
    private static final int TOO_LARGE = 10 * 1024 * 1024 + 1;

    @Inject
    HeldClassifier classifier;

    @Test
    void keepsTheRequestIdOfTheCaller() {
        HttpResponse<String> response = Http.send(Http.classify(token, BODY).header("X-Request-Id", "order-66"));
        assertThat(response.headers().allValues("X-Request-Id")).containsExactly("order-66");
        assertThat(Http.json(response).get("request_id").asText()).isEqualTo("order-66");
    }

    @Test
    void namesCallsThatComeWithoutAPlainId() {
        String first = requestId(Http.send(Http.classify(token, BODY)));
        String second = requestId(Http.send(Http.classify(token, BODY).header("X-Request-Id", "<script>")));
        String third = requestId(Http.send(Http.classify(token, BODY).header("X-Request-Id", "x".repeat(129))));
        assertThat(Stream.of(first, second, third)).doesNotHaveDuplicates().allMatch(id -> id.length() == 36);
    }

    @Test
    void namesEveryAnswer() {
        for (String path : new String[] {"/", "/v1/nothing", "/q/health", "/q/metrics", "/q/openapi", "/nothing"}) {
            assertThat(requestId(Http.send(Http.to(path)))).as(path).isNotBlank();
        }
    }

    @Test
    void hasProblemsForRoutesThatAreNotThere() {
        Problems.expect(ErrorCode.NOT_FOUND, Http.send(Http.to("/v1/nothing")));
        Problems.expect(ErrorCode.NOT_FOUND, Http.send(Http.to("/nothing")));
        Problems.expect(
                ErrorCode.NOT_FOUND, Http.send(Http.classify(token, BODY).uri(Http.uri("/v1/classify/more"))));
    }

    @Test
    void hasProblemsForOtherMethodsAndTypes() {
        HttpResponse<String> get = Http.send(Http.to("/v1/classify")
                .header("Authorization", "Bearer " + token)
                .GET());
        Problems.expect(ErrorCode.METHOD_NOT_ALLOWED, get);
        Problems.expect(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                Http.send(Http.classify(token, BODY).setHeader("Content-Type", "text/plain")));
        Problems.expect(
                ErrorCode.NOT_ACCEPTABLE, Http.send(Http.classify(token, BODY).header("Accept", "text/html")));
    }

    @Test
    void takesABodyWithoutATypeForJson() {
        HttpResponse<String> response = Http.send(Http.to("/v1/classify")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(BODY)));
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void refusesBodiesThatAreTooLarge() {
        byte[] body = " ".repeat(TOO_LARGE).getBytes(StandardCharsets.UTF_8);
        Problems.expect(ErrorCode.PAYLOAD_TOO_LARGE, Http.send(Http.classify(token, body)));
        // Without a length announced, hence in chunks.
        Problems.expect(
                ErrorCode.PAYLOAD_TOO_LARGE,
                Http.send(Http.classify(token, BODY)
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))));
    }

    @Test
    void takesALargeBodyWithinTheLimit() {
        String padded = BODY + " ".repeat(TOO_LARGE - 1 - BODY.length());
        assertThat(Http.send(Http.classify(token, padded)).statusCode()).isEqualTo(200);
    }

    @Test
    void answersOverloadedOnceTheDeadlinePassed() {
        classifier.hold();
        try {
            HttpResponse<String> response = Http.send(Http.classify(token, BODY).header("X-Taxon-Deadline-Ms", "300"));
            Problems.expect(ErrorCode.OVERLOADED, response);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
        } finally {
            classifier.release();
        }
        assertThat(Http.send(Http.classify(token, BODY).header("X-Taxon-Deadline-Ms", "60000"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesDeadlinesThatAreNone() {
        for (String deadline : new String[] {"0", "-5", "soon", "1.5", "99999999999"}) {
            Problems.expect(
                    ErrorCode.INVALID_REQUEST,
                    Http.send(Http.classify(token, BODY).header("X-Taxon-Deadline-Ms", deadline)));
        }
    }

    @Test
    void keepsWhatWentWrongToItself() {
        String text = HashClassifier.BROKEN + " secret words";
        HttpResponse<String> response = Http.send(Http.classify(token, BODY.replace("a text", text)));
        Problems.expect(ErrorCode.INTERNAL, response);
        assertThat(response.body()).doesNotContain("secret", "Exception", "IllegalState");
    }

    private static String requestId(HttpResponse<String> response) {
        return response.headers().firstValue("X-Request-Id").orElseThrow();
    }
}
