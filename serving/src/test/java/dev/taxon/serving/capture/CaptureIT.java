package dev.taxon.serving.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.HashClassifier;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of answers: nothing until a tenant says so, then what it says, for as long as it says. */
@QuarkusTest
class CaptureIT extends ServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    TenantTransactions transactions;

    @Inject
    TextCapture capture;

    @Inject
    AnswerStore answers;

    @Inject
    RetentionSweep sweep;

    private UUID tenant = new UUID(0, 0);

    @BeforeEach
    void makeTenant() {
        String name = "t" + UUID.randomUUID();
        token = newKey(name, Scope.all()).token();
        tenant = new TenantKeys(dataSource).findOrCreate(name).id();
    }

    @Test
    void keepsNothingUntilItIsTurnedOn() {
        assertThat(Http.json(settings()).toString())
                .isEqualTo("{\"capture_texts\":false,\"feedback\":false,\"retention_days\":30}");
        classify("r1", "a text");
        assertThat(kept("r1", 0)).isEmpty();
    }

    @Test
    void keepsTextsWithTheirAnswers() {
        assertThat(put("{\"capture_texts\": true, \"retention_days\": 7}").statusCode())
                .isEqualTo(200);
        assertThat(Http.json(settings()).get("retention_days").asInt()).isEqualTo(7);
        HttpResponse<String> response = classify("r1", "first text", HashClassifier.NOT_FINITE, "third text");
        assertThat(kept("r1", 0)).hasSize(1).first().satisfies(answer -> {
            assertThat(answer.text()).isEqualTo("first text");
            assertThat(answer.offered()).containsExactly("x", "y", "z");
            assertThat(answer.predicted())
                    .containsExactly(Http.json(response)
                            .at("/results/0/predictions/0/label")
                            .asText());
            assertThat(answer.adapter()).isNull();
        });
        assertThat(kept("r1", 1)).isEmpty();
        assertThat(kept("r1", 2)).hasSize(1);
    }

    @Test
    void keepsAnswersWithoutTextsForFeedback() {
        put("{\"feedback\": true}");
        classify("r1", "a text");
        assertThat(kept("r1", 0))
                .hasSize(1)
                .first()
                .satisfies(answer -> assertThat(answer.text()).isNull());
    }

    @Test
    void keepsTheLastAnswerOfARequestId() {
        put("{\"capture_texts\": true}");
        classify("again", "first text");
        classify("again", "second text");
        assertThat(kept("again", 0))
                .singleElement()
                .satisfies(answer -> assertThat(answer.text()).isEqualTo("second text"));
    }

    @Test
    void keepsNothingOnceItIsTurnedOff() {
        put("{\"capture_texts\": true}");
        classify("r1", "a text");
        put("{}");
        classify("r2", "a text");
        assertThat(kept("r1", 0)).hasSize(1);
        assertThat(kept("r2", 0)).isEmpty();
    }

    @Test
    void deletesWhatIsOlderThanItsTenantWants() {
        put("{\"capture_texts\": true, \"retention_days\": 7}");
        classify("old", "a text");
        classify("young", "a text");
        capture.settle(PATIENCE);
        age("captured_text", "old", 8);
        age("captured_text", "young", 6);
        sweep.run();
        assertThat(kept("old", 0)).isEmpty();
        assertThat(kept("young", 0)).hasSize(1);
        put("{\"capture_texts\": false, \"retention_days\": 5}");
        sweep.run();
        assertThat(kept("young", 0)).isEmpty();
    }

    /** By the feedback's own age: that of an old answer may be young, and outlive what was kept of the answer. */
    @Test
    void deletesFeedbackThatIsOlderThanItsTenantWants() {
        put("{\"capture_texts\": true, \"feedback\": true, \"retention_days\": 7}");
        for (String request : List.of("old", "late", "young")) {
            classify(request, "a text");
            capture.settle(PATIENCE);
            accept(request);
        }
        age("captured_text", "late", 8);
        age("feedback", "old", 8);
        age("feedback", "young", 6);

        sweep.run();

        assertThat(feedback()).containsExactly("late", "young");
        assertThat(kept("late", 0)).isEmpty();
        assertThat(kept("old", 0)).hasSize(1);
        put("{\"feedback\": false, \"retention_days\": 5}");
        sweep.run();
        assertThat(feedback()).containsExactly("late");
    }

    private void accept(String request) {
        HttpResponse<String> accepted = Http.send(Http.to("/v1/feedback")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"request_id\": \"" + request + "\", \"index\": 0, \"verdict\": \"accepted\"}")));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
    }

    private List<String> feedback() {
        String query = "SELECT request_id FROM feedback ORDER BY request_id";
        return transactions.sql(tenant, connection -> Sql.query(connection, query, row -> row.getString(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3_651})
    void refusesDaysOutOfRange(int days) {
        Problem problem = Problems.expect(ErrorCode.INVALID_REQUEST, put("{\"retention_days\": " + days + "}"));
        assertThat(problem.at()).isEqualTo("retention_days");
    }

    @Test
    void isForKeysThatManage() {
        token = newKey("acme", EnumSet.complementOf(EnumSet.of(Scope.MANAGE))).token();
        Problems.expect(ErrorCode.FORBIDDEN, settings());
        Problems.expect(ErrorCode.FORBIDDEN, put("{\"capture_texts\": true}"));
    }

    @Test
    void refusesOtherFields() {
        Problems.expect(ErrorCode.UNKNOWN_FIELD, put("{\"captures\": true}"));
    }

    private List<CapturedAnswer> kept(String request, int index) {
        capture.settle(PATIENCE);
        return answers.find(tenant, request, index).stream().toList();
    }

    private void age(String table, String request, int days) {
        String update = "UPDATE " + table + " SET at = now() - make_interval(days => ?) WHERE request_id = ?";
        transactions.sql(tenant, connection -> Sql.update(connection, update, days, request));
    }

    private HttpResponse<String> classify(String request, String... texts) {
        String body = "{\"texts\": [\"" + String.join("\", \"", texts) + "\"], \"labels\": [\"x\", \"y\", \"z\"]}";
        HttpResponse<String> response = Http.send(Http.classify(token, body).header("X-Request-Id", request));
        assertThat(response.statusCode()).isEqualTo(200);
        return response;
    }

    private HttpResponse<String> settings() {
        return Http.send(Http.to("/v1/settings").header("Authorization", "Bearer " + token));
    }

    private HttpResponse<String> put(String json) {
        return Http.send(Http.to("/v1/settings")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
    }
}
