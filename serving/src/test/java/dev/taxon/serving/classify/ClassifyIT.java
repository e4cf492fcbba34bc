package dev.taxon.serving.classify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.ServerTest;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ClassifyIT extends ServerTest {

    @Test
    void scoresTextsAgainstSharedLabels() {
        HttpResponse<String> response = Http.send(Http.classify(
                token, "{\"texts\": [\"The match was won.\", \"Shares fell.\"], \"labels\": [\"sports\", \"business\"]}"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode body = Http.json(response);
        assertThat(body.get("model").asText()).isEqualTo("hash");
        assertThat(body.get("results")).hasSize(2);
        assertThat(body.get("usage").get("texts").asInt()).isEqualTo(2);
    }
}
