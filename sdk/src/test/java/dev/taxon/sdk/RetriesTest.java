package dev.taxon.sdk;

import static dev.taxon.sdk.LoopbackServer.ANSWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.sdk.wire.ClassifyInput;
import dev.taxon.sdk.wire.ClassifyRequest;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.WireJson;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RetriesTest {

    @RegisterExtension
    final LoopbackServer server = new LoopbackServer();

    private final FakePacing time = new FakePacing();

    @ParameterizedTest
    @CsvSource({"408, ", "429, quota_exceeded", "429, ", "500, ", "502, ", "503, overloaded", "503, ", "504, "})
    void whatMayPassIsTriedAgain(int status, String code) {
        server.then(status, code == null ? "" : problem(code)).then(200, ANSWER);

        assertThat(client(1.0).build().classify("t", "sports").predictions()).hasSize(1);
        assertThat(server.asked).hasSize(2);
        assertThat(server.asked.get(1).body()).isEqualTo(server.asked.get(0).body());
        assertThat(time.sleeps).hasSize(1);
    }

    @Test
    void whatIsGoneWhenItsDeletionIsTriedAgainWasDeletedBefore() {
        server.thenHangUp().then(404, problem("not_found")).then(404, problem("not_found"));
        TaxonClient client = client(1.0).build();

        client.adapters().delete("support");

        assertThat(server.asked).hasSize(2);
        assertThatThrownBy(() -> client.adapters().delete("support")).isInstanceOf(NotFoundException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request",
        "400, ",
        "401, unauthenticated",
        "403, ",
        "404, ",
        "409, conflict",
        "409, ",
        "412, ",
        "500, internal",
        "501, ",
        "307, "
    })
    void whatWillNotPassIsNot(int status, String code) {
        server.then(status, code == null ? "" : problem(code));

        assertThatThrownBy(() -> client(1.0).build().classify("t", "a")).isInstanceOf(TaxonException.class);
        assertThat(server.asked).hasSize(1);
        assertThat(time.sleeps).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 423, 500, 507})
    void aProblemThatSaysRetryableIsTriedAgain(int status) {
        server.then(status, "{\"code\":\"conflict\",\"retryable\":true}").then(200, ANSWER);

        client(1.0).build().classify("t", "a");

        assertThat(server.asked).hasSize(2);
    }

    @Test
    void aProblemThatSaysNotRetryableIsNotTriedAgain() {
        server.then(503, "{\"code\":\"overloaded\",\"retryable\":false}");

        assertThatThrownBy(() -> client(1.0).build().classify("t", "a")).isInstanceOf(OverloadedException.class);
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void aGatewaysOwnErrorIsNoProblemOfOurs() {
        server.then(503, "{\"code\":\"ServiceUnavailable\",\"message\":\"no upstream\"}")
                .then(200, ANSWER);

        client(1.0).build().classify("t", "a");

        assertThat(server.asked).hasSize(2);
    }

    @Test
    void waitsGrowToACeiling() {
        server.then(503, "");

        assertThatThrownBy(() -> client(0).maxRetries(6).build().classify("t", "a"))
                .isInstanceOf(OverloadedException.class);
        assertThat(time.sleeps).extracting(Duration::toMillis).containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 8000L);
        assertThat(server.asked).hasSize(7);
    }

    @Test
    void chanceTakesUpToHalfOfAWaitAway() {
        server.then(503, "");

        assertThatThrownBy(() -> client(0.5).build().classify("t", "a")).isInstanceOf(OverloadedException.class);
        assertThat(time.sleeps).extracting(Duration::toMillis).containsExactly(375L, 750L);
    }

    @ParameterizedTest
    @CsvSource({"3, 3000", "0, 0", "'Mon, 23 Nov 2026 12:00:05 GMT', 5000", "'Mon, 23 Nov 2026 11:00:00 GMT', 0"})
    void theWaitThatTheServerAsksForIsKept(String retryAfter, long millis) {
        server.then(429, problem("quota_exceeded"), "Retry-After", retryAfter).then(200, ANSWER);

        client(0).build().classify("t", "a");

        assertThat(time.sleeps).containsExactly(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "1.5", "99999999999999999999", ""})
    void aWaitThatCannotBeReadIsOverlooked(String retryAfter) {
        server.then(429, "", "Retry-After", retryAfter).then(200, ANSWER);

        client(0).build().classify("t", "a");

        assertThat(time.sleeps).containsExactly(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"61", "999999999", "Mon, 23 Nov 2026 13:00:00 GMT"})
    void aLongWaitIsLeftToTheCaller(String retryAfter) {
        server.then(429, problem("quota_exceeded"), "Retry-After", retryAfter);

        assertThatThrownBy(() -> client(0).build().classify("t", "a"))
                .isInstanceOfSatisfying(
                        RateLimitException.class,
                        failure -> assertThat(failure.retryAfter()).isPresent());
        assertThat(time.sleeps).isEmpty();
    }

    @Test
    void aConnectionThatBreaksIsTriedAgain() {
        server.thenHangUp().then(200, ANSWER);

        client(0).build().classify("t", "a");

        assertThat(time.sleeps).containsExactly(Duration.ofMillis(500));
    }

    @Test
    void aTimeoutIsOfOneAttempt() {
        server.thenStall().then(200, ANSWER);

        client(0).timeout(Duration.ofMillis(300)).build().classify("t", "a");

        assertThat(server.asked).hasSize(2);
    }

    @Test
    void eachAttemptIsToldWhatIsLeftOfTheDeadline() {
        server.then(503, "");

        assertThatThrownBy(() -> client(0)
                        .maxRetries(10)
                        .deadline(Duration.ofSeconds(2))
                        .build()
                        .classify("t", "a"))
                .isInstanceOf(OverloadedException.class);

        // The waits are 0.5 s, 1 s and then 2 s, which would end after the deadline.
        assertThat(server.asked)
                .extracting(asked -> asked.header("X-taxon-deadline-ms"))
                .containsExactly("2000", "1500", "500");
    }

    @Test
    void aCancelledCallIsNotTriedAgain() {
        server.then(503, "");
        CompletableFuture<?> call = server.client()
                .pacing(time.endless())
                .build()
                .classifyAsync(ClassifyRequest.of(ClassifyInput.builder("t").build()));

        time.asleep.join();
        call.cancel(true);

        assertThat(time.endless).failsWithin(Duration.ofSeconds(5));
        assertThat(time.endless).isCancelled();
        assertThat(server.asked).hasSize(1);
    }

    private TaxonClientBuilder client(double random) {
        return server.client().pacing(time.pacing(random));
    }

    private static String problem(String code) {
        return WireJson.string(Problem.of(ErrorCode.of(code).orElseThrow(), "d"));
    }
}
