package dev.taxon.serving.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.HeldClassifier;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(OverloadIT.Impatient.class)
class OverloadIT extends ServerTest {
    private static final String BODY = "{\"texts\": [\"a text\"], \"labels\": [\"a\", \"b\"]}";

    @Inject
    HeldClassifier classifier;

    @Inject
    Bases bases;

    /** A server that lets nothing wait behind anything. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("taxon.batching.longest-wait", "0s");
        }
    }

    @Test
    void refusesAtOnceWhatWouldWaitTooLongAndFinishesTheRest() throws Exception {
        CompletableFuture<HttpResponse<String>> first;
        classifier.hold();
        try {
            first = Http.sendLater(Http.classify(token, BODY));
            awaitBacklog();
            int tokenised = classifier.encoded();
            HttpResponse<String> refused = Http.send(Http.classify(token, BODY));
            Problems.expect(ErrorCode.OVERLOADED, refused);
            assertThat(Integer.parseInt(
                            refused.headers().firstValue("Retry-After").orElseThrow()))
                    .isPositive();
            assertThat(classifier.encoded()).isEqualTo(tokenised);
        } finally {
            classifier.release();
        }
        assertThat(first.join().statusCode()).isEqualTo(200);
    }

    private void awaitBacklog() throws InterruptedException {
        for (int i = 0; i < 3_000 && bases.current().batcher().backlog().equals(Duration.ZERO); i++) {
            Thread.sleep(10);
        }
        assertThat(bases.current().batcher().backlog()).isPositive();
    }
}
