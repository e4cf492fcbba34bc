package dev.taxon.serving.classify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.core.Classification;
import dev.taxon.core.ClassificationInput;
import dev.taxon.serving.fixture.HashClassifier;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.ServerTest;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConcurrentClientsIT extends ServerTest {
    private static final int CLIENTS = 32;
    private static final int CALLS = 20;

    @Test
    void giveEveryClientItsOwnAnswers() {
        List<CompletableFuture<Void>> clients =
                IntStream.range(0, CLIENTS).mapToObj(client -> chain(client, 0)).toList();
        clients.forEach(CompletableFuture::join);
    }

    /** One call after another, as one client makes them. */
    private CompletableFuture<Void> chain(int client, int call) {
        if (call == CALLS) {
            return CompletableFuture.completedFuture(null);
        }
        String text = "client " + client + " call " + call + " more".repeat(client);
        return Http.sendLater(Http.classify(token, "{\"texts\": [\"" + text + "\"], \"labels\": [\"a\", \"b\"]}"))
                .thenCompose(response -> {
                    check(text, response);
                    return chain(client, call + 1);
                });
    }

    private static void check(String text, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        Classification expected = new HashClassifier()
                .classify(List.of(ClassificationInput.of(text, List.of("a", "b"))))
                .get(0);
        JsonNode scores = Http.json(response).at("/results/0/scores");
        ((Classification.Scored) expected)
                .scores()
                .forEach(score ->
                        assertThat(scores.get(score.label()).asDouble()).isEqualTo(score.score()));
    }
}
