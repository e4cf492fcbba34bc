package dev.taxon.serving.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.JobLineTest;
import dev.taxon.serving.queue.Claim;
import dev.taxon.serving.queue.JobKind;
import dev.taxon.serving.queue.Lane;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Tests of jobs that call the server about them. */
abstract class JobServerTest extends JobLineTest {
    Optional<Claim> claim() {
        return claim(Lane.HEAVY);
    }

    UUID enqueue() {
        return transactions.in(
                tenant, () -> queue.enqueue(JobKind.LORA, JsonNodeFactory.instance.objectNode(), "support", null));
    }

    HttpResponse<String> get(String path) {
        return Http.send(authorized(path));
    }

    HttpResponse<String> post(String path, String body) {
        return Http.send(authorized(path).POST(BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder authorized(String path) {
        return Http.to(path)
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }
}
