package dev.taxon.sdk;

import static dev.taxon.sdk.LoopbackServer.ANSWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.taxon.sdk.wire.ClassifyInput;
import dev.taxon.sdk.wire.ClassifyRequest;
import dev.taxon.sdk.wire.ClassifyResponse;
import dev.taxon.sdk.wire.ClassifyResult;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.Usage;
import dev.taxon.sdk.wire.WireJson;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TaxonClientFailureTest {

    @RegisterExtension
    final LoopbackServer server = new LoopbackServer();

    private final TaxonClient client = server.client().maxRetries(0).build();

    @ParameterizedTest
    @CsvSource({
        "invalid_request, 400, BadRequestException",
        "labels_too_long, 400, BadRequestException",
        "unauthenticated, 401, AuthenticationException",
        "forbidden, 403, PermissionException",
        "not_found, 404, NotFoundException",
        "method_not_allowed, 405, BadRequestException",
        "conflict, 409, ConflictException",
        "precondition_failed, 412, PreconditionFailedException",
        "payload_too_large, 413, BadRequestException",
        "unsupported_media_type, 415, BadRequestException",
        "quota_exceeded, 429, RateLimitException",
        "internal, 500, ServerException",
        "overloaded, 503, OverloadedException",
    })
    void problemsAreTyped(String word, int status, String type) {
        ErrorCode code = ErrorCode.of(word).orElseThrow();
        Problem problem =
                Problem.of(code, "What went wrong.").withAt("inputs[3].adapter").withRequestId("in the body");
        server.then(
                status,
                WireJson.string(problem),
                "Content-Type",
                Problem.MEDIA_TYPE,
                "X-Request-Id",
                "r9",
                "Retry-After",
                "7");

        TaxonException failure = failure(client);

        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        assertThat(failure.status()).hasValue(status);
        assertThat(failure.errorCode()).contains(code);
        assertThat(failure.code()).contains(word);
        assertThat(failure.place()).contains("inputs[3].adapter");
        assertThat(failure.requestId()).contains("r9");
        assertThat(failure.retryable()).isEqualTo(code.retryable());
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(failure).hasMessage(status + " " + word + " at inputs[3].adapter: What went wrong. (request r9)");
    }

    @Test
    void theTraceLeadsToTheCaller() {
        server.then(404, "");

        assertThat(failure(client).getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("theTraceLeadsToTheCaller"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>Bad gateway</html>",
                "{",
                "[]",
                "null",
                "\"x\"",
                "{\"message\":\"no upstream\"}",
                "{\"status\":\"502\"}"
            })
    void anAnswerFromSomebodyElseIsTypedByItsStatus(String body) {
        server.then(502, body, "X-Request-Id", "r2");

        TaxonException failure = failure(client);

        assertThat(failure).isInstanceOf(ServerException.class).hasMessage("502 (request r2)");
        assertThat(failure.code()).isEmpty();
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void aCodeOfANewerServerIsPassedOn() {
        server.then(418, "{\"code\":\"out_of_coffee\",\"since\":3,\"retryable\":false}");

        TaxonException failure = failure(client);

        assertThat(failure).isInstanceOf(BadRequestException.class);
        assertThat(failure.code()).contains("out_of_coffee");
        assertThat(failure.errorCode()).isEmpty();
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.then(307, "", "Location", server.url() + "/elsewhere");

        assertThat(failure(client).status()).hasValue(307);
        assertThat(server.asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{}", "<html>", "{\"results\":\"secret words\"}"})
    void aSuccessThatCannotBeReadIsAServerError(String body) {
        server.then(200, body, "X-Request-Id", "r3");

        TaxonException failure = failure(client);

        assertThat(failure).isInstanceOf(ServerException.class).hasNoCause();
        assertThat(failure.getMessage())
                .startsWith("the answer cannot be read: ")
                .doesNotContain("secret");
        assertThat(failure.requestId()).contains("r3");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void tooFewResultsAreAServerError() {
        server.then(200, ANSWER);
        ClassifyRequest two = ClassifyRequest.ofTexts(
                List.of("a", "b"), ClassifyInput.builder().labels("x").build());

        assertThatThrownBy(() -> client.classify(two))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("1 results for 2 inputs");
    }

    @Test
    void aRowThatFailedAloneFailsTheShortForm() {
        ClassifyResult row = ClassifyResult.failed(null, null, Problem.of(ErrorCode.ROW_FAILED, "Not finite."));
        server.then(200, WireJson.string(new ClassifyResponse("r4", "taxon-small", List.of(row), new Usage(1, 5))));

        TaxonException failure = failure(client);

        assertThat(failure.errorCode()).contains(ErrorCode.ROW_FAILED);
        assertThat(failure.requestId()).contains("r4");
    }

    @Test
    void anAttemptThatStallsTimesOut() {
        server.thenStall();

        assertThat(failure(client.withOptions(options -> options.timeout(Duration.ofMillis(200)))))
                .isInstanceOf(TaxonTimeoutException.class)
                .matches(TaxonException::retryable);
    }

    @Test
    void aBodyThatStallsTimesOutToo() {
        server.thenStallInTheBody();

        assertThat(failure(client.withOptions(options -> options.timeout(Duration.ofMillis(200)))))
                .isInstanceOf(TaxonTimeoutException.class);
    }

    @Test
    void noServerIsAConnectionFailure() {
        server.close();

        TaxonException failure = failure(client);

        assertThat(failure).isInstanceOf(TaxonConnectionException.class);
        assertThat(failure.status()).isEmpty();
        assertThat(failure.retryable()).isTrue();
    }

    private static TaxonException failure(TaxonClient client) {
        return catchThrowableOfType(TaxonException.class, () -> client.classify("t", "a"));
    }
}
