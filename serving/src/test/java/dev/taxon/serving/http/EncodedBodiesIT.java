package dev.taxon.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Operators;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Packed bodies, sent to every operation that the API's own description says takes one, in every type that it takes. */
@QuarkusTest
class EncodedBodiesIT extends ServerTest {
    private static final String BODY = "{\"texts\": [\"a text\"], \"labels\": [\"a\", \"b\"]}";

    /** An operation, and one of the types of its body. */
    private record Taking(String path, String method, String type) {}

    @Test
    void areRefusedWithWhatToDo() throws IOException {
        byte[] packed = gzip(BODY);
        List<Taking> all = taking();
        assertThat(all).extracting(Taking::type).contains("application/json", "application/zip", "application/jsonl");
        assertThat(all).hasSizeGreaterThan(15);
        String operator = Operators.token();
        for (Taking each : all) {
            String key = each.path().startsWith("/v1/admin/") ? operator : token;
            for (BodyPublisher body : List.of(
                    BodyPublishers.ofByteArray(packed),
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(packed)))) {
                HttpResponse<String> answer = call(key, each, "gzip", body);
                assertThat(Problems.expect(ErrorCode.UNSUPPORTED_MEDIA_TYPE, answer)
                                .detail())
                        .as(each.toString())
                        .contains("send it unpacked");
            }
        }
    }

    @Test
    void areKnownHoweverTheyAreNamed() {
        Taking classify = new Taking("/v1/classify", "POST", "application/json");
        for (String encoding : List.of("br", "GZIP", "identity, gzip", "zstd")) {
            Problems.expect(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, call(token, classify, encoding, BodyPublishers.ofString(BODY)));
        }
        assertThat(call(token, classify, "identity", BodyPublishers.ofString(BODY))
                        .statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<String> call(String key, Taking operation, String encoding, BodyPublisher body) {
        return Http.send(Http.to(operation.path().replaceAll("\\{[^}]*}", "x"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", operation.type())
                .header("Content-Encoding", encoding)
                .method(operation.method(), body));
    }

    private static byte[] gzip(String body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(packed)) {
            packing.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private static List<Taking> taking() {
        JsonNode paths = Http.json(Http.send(Http.to("/q/openapi?format=json"))).get("paths");
        return paths.properties().stream()
                .filter(path -> path.getKey().startsWith("/v1/"))
                .flatMap(path ->
                        path.getValue().properties().stream().flatMap(operation -> taking(path.getKey(), operation)))
                .toList();
    }

    private static Stream<Taking> taking(String path, Map.Entry<String, JsonNode> operation) {
        return operation.getValue().at("/requestBody/content").properties().stream()
                .map(content -> new Taking(path, operation.getKey().toUpperCase(Locale.ROOT), content.getKey()));
    }
}
