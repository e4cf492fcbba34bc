package dev.taxon.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.AdapterZips;
import dev.taxon.serving.fixture.HeldClassifier;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls beside classifying whose deadline passes: they are answered so, and what they had not done by then is not done. */
@QuarkusTest
class DeadlinesIT extends AdapterServerTest {
    /** Passes while a call is read. */
    private static final String AT_ONCE = "1";

    @Inject
    HeldClassifier classifier;

    private final String dataset = "d" + UUID.randomUUID();

    @BeforeEach
    void makeDataset() {
        assertThat(call("POST", "/v1/datasets", "{'name': '" + dataset + "'}").statusCode())
                .isEqualTo(201);
    }

    @Test
    void aPromotionDoesNotWaitLongerForABusyDevice() {
        String name = newAdapter(1);
        classifier.hold();
        try {
            HttpResponse<String> late =
                    call("POST", "/v1/adapters/" + name + "/promote", "{'version': 1}", Headers.DEADLINE, "500");
            isLate(late);
        } finally {
            classifier.release();
        }
        assertThat(Http.json(call("GET", "/v1/adapters/" + name, ""))
                        .at("/deployment")
                        .has("active"))
                .isFalse();
        assertThat(promote(name, 1).at("/active").asInt()).isEqualTo(1);
    }

    @Test
    void anImportThatIsReadTooLatePublishesNothing() {
        String name = newName();
        isLate(Http.send(Http.to("/v1/adapters/" + name + "/versions")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/zip")
                .header(Headers.DEADLINE, AT_ONCE)
                .POST(BodyPublishers.ofByteArray(AdapterZips.of(1, LABELS)))));
        Problems.expect(ErrorCode.NOT_FOUND, call("GET", "/v1/adapters/" + name, ""));
    }

    @Test
    void anUploadThatIsReadTooLateLeavesNothing() {
        isLate(upload(AT_ONCE));
        assertThat(Http.json(call("GET", "/v1/datasets/" + dataset + "/versions", ""))
                        .at("/items"))
                .isEmpty();
    }

    @Test
    void aDeletionThatTakesTooLongIsEndedByAskingAgain() {
        assertThat(upload("60000").statusCode()).isEqualTo(201);
        String version = "/v1/datasets/" + dataset + "/versions/1";

        isLate(call("DELETE", version, "", Headers.DEADLINE, AT_ONCE));

        assertThat(call("DELETE", version, "").statusCode()).isEqualTo(204);
        Problems.expect(ErrorCode.NOT_FOUND, call("GET", version, ""));
    }

    private HttpResponse<String> upload(String deadline) {
        return Http.send(Http.to("/v1/datasets/" + dataset + "/versions")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/jsonl")
                .header(Headers.DEADLINE, deadline)
                .POST(BodyPublishers.ofString("{\"text\": \"late\", \"label\": \"sports\"}\n")));
    }

    private static void isLate(HttpResponse<String> answer) {
        Problems.expect(ErrorCode.OVERLOADED, answer);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
}
