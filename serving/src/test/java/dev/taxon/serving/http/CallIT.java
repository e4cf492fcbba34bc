package dev.taxon.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.HashClassifier;
import dev.taxon.serving.fixture.HeldClassifier;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.LoggedErrors;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.RawHttp;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.log.LogFields;
import dev.taxon.serving.model.Bases;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every call has in common: ids, deadlines, sizes, and problems for whatever is not a call of the contract. */
@QuarkusTest
class CallIT extends ServerTest {
    private static final String BODY = "{\"texts\": [\"a text\"], \"labels\": [\"a\", \"b\"]}";
    private static final int TOO_LARGE = 10 * 1024 * 1024 + 1;

    @Inject
    HeldClassifier classifier;

    @Inject
    Bases bases;

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
    void wantsAKeyOnlyWhereThereIsSomething() {
        Problems.expect(ErrorCode.NOT_FOUND, Http.send(Http.to("/v1/nothing")));
        Problems.expect(ErrorCode.NOT_FOUND, Http.send(Http.to("/nothing")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonl", "json", "/", "a/b/c"})
    void takesBodiesOfJsonAlone(String type) {
        Problems.expect(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                Http.send(Http.classify(token, BODY).setHeader("Content-Type", type)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "APPLICATION/JSON"})
    void takesJsonHoweverItIsWritten(String type) {
        assertThat(Http.send(Http.classify(token, BODY).setHeader("Content-Type", type))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesNoBodyWithoutAType() {
        HttpResponse<String> response = Http.send(Http.to("/v1/classify")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(BODY)));
        Problems.expect(ErrorCode.UNSUPPORTED_MEDIA_TYPE, response);
    }

    @Test
    void answersWithJsonAlone() {
        Problems.expect(
                ErrorCode.NOT_ACCEPTABLE, Http.send(Http.classify(token, BODY).header("Accept", "text/html")));
    }

    @Test
    void letsACallerHangUpWithoutAWord() throws Exception {
        try (LoggedErrors errors = new LoggedErrors()) {
            classifier.hold();
            try {
                CompletableFuture<HttpResponse<String>> first = occupy();
                try (RawHttp caller = new RawHttp()) {
                    caller.send(
                            "POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                                    + token,
                            BODY);
                    awaitWaitingRows(1);
                }
                awaitWaitingRows(0);
                assertThat(first).isNotDone();
            } finally {
                classifier.release();
            }
            assertThat(Http.send(Http.classify(token, BODY)).statusCode()).isEqualTo(200);
            assertThat(errors.messages()).isEmpty();
        }
    }

    @Test
    void letsACallerBreakItsBodyOffWithoutAWord() throws Exception {
        try (LoggedErrors errors = new LoggedErrors()) {
            for (int i = 0; i < 20; i++) {
                try (RawHttp caller = new RawHttp()) {
                    caller.sendHead(
                            "POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 500\r\nAuthorization: Bearer "
                                    + token);
                    caller.sendMore(BODY);
                    // So that its body is being waited for.
                    assertThat(Http.send(Http.classify(token, BODY)).statusCode())
                            .isEqualTo(200);
                }
                assertThat(Http.send(Http.classify(token, BODY)).statusCode()).isEqualTo(200);
            }
            assertThat(errors.messages()).isEmpty();
        }
    }

    @Test
    void knowsNoPathThatClimbs() throws Exception {
        String[] paths = {"/v1/../q/health", "/v1/%2e%2E/q/health", "/v1/./models", "/v1/datasets/tickets/rows/.."};
        for (String path : paths) {
            try (RawHttp caller = new RawHttp()) {
                caller.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token, "");
                assertThat(caller.answer()).startsWith("HTTP/1.1 404").contains("There is no such route");
            }
        }
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
        try (LoggedErrors errors = new LoggedErrors()) {
            HttpResponse<String> response = Http.send(Http.classify(token, BODY.replace("a text", text)));
            Problems.expect(ErrorCode.INTERNAL, response);
            assertThat(response.body()).doesNotContain("secret", "Exception", "IllegalState");
            String requestId = response.headers().firstValue("X-Request-Id").orElseThrow();
            assertThat(errors.messages().toString()).doesNotContain("secret");
            assertThat(errors.fields())
                    .anySatisfy(fields -> assertThat(fields)
                            .containsEntry(LogFields.REQUEST_ID, requestId)
                            .containsKey(LogFields.TENANT));
        }
    }

    /** One batch on the device and one handed over, so that what comes next has to wait; the first of the two. */
    private CompletableFuture<HttpResponse<String>> occupy() throws InterruptedException {
        CompletableFuture<HttpResponse<String>> first = Http.sendLater(Http.classify(token, BODY));
        awaitWaitingRows(0);
        Duration one = bases.current().batcher().backlog();
        var unread = Http.sendLater(Http.classify(token, BODY));
        for (int i = 0; i < 3_000 && bases.current().batcher().backlog().compareTo(one) <= 0; i++) {
            Thread.sleep(10);
        }
        awaitWaitingRows(0);
        assertThat(unread).isNotDone();
        return first;
    }

    private void awaitWaitingRows(int rows) throws InterruptedException {
        for (int i = 0;
                i < 3_000
                        && (bases.current().batcher().waitingRows() != rows
                                || bases.current().batcher().backlog().isZero());
                i++) {
            Thread.sleep(10);
        }
        assertThat(bases.current().batcher().waitingRows()).isEqualTo(rows);
        assertThat(bases.current().batcher().backlog()).isPositive();
    }

    private static String requestId(HttpResponse<String> response) {
        return response.headers().firstValue("X-Request-Id").orElseThrow();
    }
}
