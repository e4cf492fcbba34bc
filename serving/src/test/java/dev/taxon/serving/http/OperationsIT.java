package dev.taxon.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.fixture.HashClassifier;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.OpenApiDocument;
import dev.taxon.serving.fixture.ServerTest;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Health, metrics and the API's own description. */
@QuarkusTest
class OperationsIT extends ServerTest {
    @Test
    void isReadyWithItsModelAndItsDatabase() {
        HttpResponse<String> response = Http.send(Http.to("/q/health/ready"));
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode checks = Http.json(response).get("checks");
        assertThat(checks.findValuesAsText("name")).contains("model").anyMatch(name -> name.contains("atabase"));
    }

    @Test
    void countsWhatItScores() {
        double before = metric("taxon_rows_total");
        Http.send(Http.classify(token, "{\"texts\": [\"a\", \"b\", \"c\"], \"labels\": [\"x\"]}"));
        assertThat(metric("taxon_rows_total") - before).isGreaterThanOrEqualTo(3);
        assertThat(metric("taxon_tokens_total")).isPositive();
        assertThat(metric("taxon_batch_rows_count")).isPositive();
        assertThat(metric("taxon_batch_forward_seconds_count")).isPositive();
        assertThat(metric("taxon_queue_wait_seconds_count")).isPositive();
        double failures = metric("taxon_batch_failures_total");
        Http.send(Http.classify(token, "{\"texts\": [\"" + HashClassifier.BROKEN + "\"], \"labels\": [\"x\"]}"));
        assertThat(metric("taxon_batch_failures_total") - failures).isEqualTo(1);
        assertThat(metric("taxon_queue_rows")).isNotNegative();
        assertThat(Http.send(Http.to("/q/metrics")).body()).contains("http_server_requests_seconds_count{");
    }

    @Test
    void describesItselfAsTheSnapshotSays() throws IOException {
        HttpResponse<String> response = Http.send(Http.to("/q/openapi"));
        assertThat(response.statusCode()).isEqualTo(200);
        if (Boolean.getBoolean("snapshot.write")) {
            Files.writeString(OpenApiDocument.SNAPSHOT, response.body());
        }
        assertThat(response.body())
                .as("The API changed. If it should have, run this test with -Dsnapshot.write=true.")
                .isEqualTo(Files.readString(OpenApiDocument.SNAPSHOT));
    }

    @Test
    void hasAPageToTryIt() {
        assertThat(Http.send(Http.to("/q/swagger-ui/")).body()).contains("/q/openapi");
    }

    private static double metric(String name) {
        return Http.send(Http.to("/q/metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
