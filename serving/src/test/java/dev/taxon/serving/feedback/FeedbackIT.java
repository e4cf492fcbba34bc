package dev.taxon.serving.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.Verdict;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.tenant.Scope;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What people say of answers. */
@QuarkusTest
class FeedbackIT extends FeedbackServerTest {
    private static final String SECRET = "zanzibar";

    @Test
    void isOffUntilItIsTurnedOn() {
        settings("{'capture_texts': true}");
        classify("r1", "zanzibar text");
        Problem problem = Problems.expect(ErrorCode.CONFLICT, accept("r1"));
        assertThat(problem.detail()).contains("PUT /v1/settings");
    }

    @Test
    void storesWhatIsSaidRightAfterTheAnswer() {
        String predicted = classify("r1", "zanzibar text");
        JsonNode stored = Http.json(accept("r1"));
        assertThat(stored.get("predicted").get(0).asText()).isEqualTo(predicted);
        assertThat(stored.get("labels").get(0).asText()).isEqualTo(predicted);
        assertThat(stored.toString()).doesNotContain(SECRET);
        assertThat(judged()).singleElement().satisfies(judged -> {
            assertThat(judged.text()).isEqualTo("zanzibar text");
            assertThat(judged.offered()).containsExactly("x", "y", "z");
        });
    }

    @Test
    void replacesWhatWasSaidBefore() {
        String predicted = classify("r1", "zanzibar text");
        accept("r1");
        assertThat(post("{'request_id': 'r1', 'index': 0, 'verdict': 'rejected'}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(judged()).singleElement().satisfies(judged -> {
            assertThat(judged.verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(judged.labels()).isEmpty();
        });
        post("{'request_id': 'r1', 'index': 0, 'verdict': 'corrected', 'labels': ['" + other(predicted) + "']}");
        assertThat(judged())
                .singleElement()
                .satisfies(judged -> assertThat(judged.labels()).containsExactly(other(predicted)));
    }

    @Test
    void takesTheTextWhereItWasNotKept() {
        settings("{'feedback': true}");
        classify("r1", "zanzibar text");
        Problem problem = Problems.expect(ErrorCode.INVALID_REQUEST, accept("r1"));
        assertThat(problem.at()).isEqualTo("text");
        assertThat(post("{'request_id': 'r1', 'index': 0, 'verdict': 'accepted', 'text': 'zanzibar text'}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(judged())
                .singleElement()
                .satisfies(judged -> assertThat(judged.text()).isEqualTo("zanzibar text"));
    }

    @Test
    void takesALabelledTextWhereNothingWasKept() {
        String call = "{'request_id': 'unknown', 'index': 0, 'verdict': 'corrected'";
        Problem problem = Problems.expect(ErrorCode.NOT_FOUND, post(call + ", 'labels': ['x']}"));
        assertThat(problem.detail()).contains("text", "labels");
        Problems.expect(ErrorCode.NOT_FOUND, post(call.replace("corrected", "rejected") + ", 'text': 'zanzibar'}"));
        assertThat(post(call + ", 'labels': ['x'], 'text': 'zanzibar'}").statusCode())
                .isEqualTo(200);
        assertThat(judged())
                .singleElement()
                .satisfies(judged -> assertThat(judged.offered()).isEmpty());
    }

    @Test
    void knowsNoAnswersOfOtherTenants() {
        classify("r1", "zanzibar text");
        String name = "t" + UUID.randomUUID();
        token = newKey(name, Scope.all()).token();
        settings("{'capture_texts': true, 'feedback': true}");
        Problems.expect(ErrorCode.NOT_FOUND, accept("r1"));
    }

    @Test
    void refusesWhatDoesNotFitTheAnswer() {
        String predicted = classify("r1", "zanzibar text");
        refused("labels", "'verdict': 'accepted', 'labels': ['" + other(predicted) + "']");
        refused("labels", "'verdict': 'rejected', 'labels': ['x']");
        refused("labels", "'verdict': 'corrected'");
        refused("labels[1]", "'verdict': 'corrected', 'labels': ['x', 'zanzibar']");
        refused("labels[1]", "'verdict': 'corrected', 'labels': ['x', 'x']");
        refused("labels[0]", "'verdict': 'corrected', 'labels': ['\\u0000']");
        refused("labels[0]", "'verdict': 'corrected', 'labels': [' ']");
        refused("text", "'verdict': 'accepted', 'text': 'zanzibar \\ud800'");
        refused("text", "'verdict': 'accepted', 'text': ' '");
        refused("verdict", "'verdict': 'maybe'");
        refused("verdict", "'labels': ['x']");
        Problems.expect(ErrorCode.INVALID_REQUEST, post("{'request_id': 'r1', 'index': -1, 'verdict': 'accepted'}"));
        Problems.expect(
                ErrorCode.UNKNOWN_FIELD, post("{'request_id': 'r1', 'index': 0, 'verdict': 'accepted', 'by': 'me'}"));
        assertThat(judged()).isEmpty();
    }

    @Test
    void isForKeysThatMayJudge() {
        token = newKey("acme", EnumSet.complementOf(EnumSet.of(Scope.FEEDBACK))).token();
        Problems.expect(ErrorCode.FORBIDDEN, accept("r1"));
    }

    private static String other(String label) {
        return label.equals("x") ? "y" : "x";
    }

    private String classify(String request, String text) {
        String body = "{\"texts\": [\"" + text + "\"], \"labels\": [\"x\", \"y\", \"z\"]}";
        return Http.json(Http.send(Http.classify(token, body).header("X-Request-Id", request)))
                .at("/results/0/predictions/0/label")
                .asText();
    }

    private HttpResponse<String> accept(String request) {
        return post("{'request_id': '" + request + "', 'index': 0, 'verdict': 'accepted'}");
    }

    private void refused(String at, String fields) {
        HttpResponse<String> response = post("{'request_id': 'r1', 'index': 0, " + fields + "}");
        Problem problem = Problems.expect(ErrorCode.INVALID_REQUEST, response);
        assertThat(problem.at()).as(response.body()).isEqualTo(at);
        assertThat(response.body()).doesNotContain(SECRET);
    }

    private HttpResponse<String> post(String json) {
        return send("POST", "/v1/feedback", json);
    }
}
