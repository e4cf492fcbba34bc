package dev.taxon.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.fixture.DescribedOperation;
import dev.taxon.serving.fixture.OpenApiDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That the OpenAPI document says all that it should of every operation; {@link OperationsIT} holds that it is the server's. */
class DocumentTest {
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.committed();
    private static final String JSON = "application/json";
    private static final List<Integer> SUCCESSES = List.of(200, 201, 202, 204);

    @Test
    void namesEveryOperation() {
        List<DescribedOperation> operations = DOCUMENT.operations();
        assertThat(operations)
                .hasSizeGreaterThan(50)
                .allMatch(operation -> !operation.id().isBlank());
        assertThat(operations.stream().map(DescribedOperation::id)).doesNotHaveDuplicates();
    }

    @Test
    void saysWhatEveryOperationMayFailWith() {
        for (DescribedOperation operation : DOCUMENT.operations()) {
            for (int status : List.of(400, 401, 403, 405, 406, 414, 500, 503)) {
                assertThat(DOCUMENT.resolved(operation.response(status)).isMissingNode())
                        .as(operation.id() + " " + status)
                        .isFalse();
            }
        }
    }

    @Test
    void pagesEveryList() {
        List<DescribedOperation> lists = DOCUMENT.operations().stream()
                .filter(operation -> operation
                        .response(200)
                        .at("/content/application~1json/schema/$ref")
                        .asText()
                        .startsWith("#/components/schemas/Page"))
                .toList();
        assertThat(lists)
                .hasSizeGreaterThan(8)
                .allSatisfy(list -> assertThat(list.node().path("parameters").findValuesAsText("name"))
                        .as(list.id())
                        .contains("limit", "after"));
    }

    @Test
    void showsAnExampleOfEveryBodyOfJson() {
        List<String> bare = new ArrayList<>();
        bodies().forEach((name, body) -> {
            if (body.path("examples").isEmpty()) {
                bare.add(name);
            }
        });
        assertThat(bare).isEmpty();
        assertThat(bodies()).hasSizeGreaterThan(50);
    }

    @Test
    void showsExamplesThatFit() {
        Map<String, List<String>> misfits = new LinkedHashMap<>();
        bodies().forEach((name, body) -> body.path("examples").fields().forEachRemaining(example -> {
            JsonNode value = DOCUMENT.resolved(example.getValue()).path("value");
            List<String> found = DOCUMENT.misfits(value, body.path("schema"));
            if (value.isMissingNode() || !found.isEmpty()) {
                misfits.put(name + " " + example.getKey(), found);
            }
        }));
        assertThat(misfits).isEmpty();
    }

    /** What is sent as JSON, and what is answered as JSON where all went well. */
    private static Map<String, JsonNode> bodies() {
        Map<String, JsonNode> bodies = new LinkedHashMap<>();
        for (DescribedOperation operation : DOCUMENT.operations()) {
            JsonNode sent = operation.node().path("requestBody").path("content");
            add(bodies, operation.id() + " sent", sent);
            for (int status : SUCCESSES) {
                JsonNode answer = DOCUMENT.resolved(operation.response(status));
                add(bodies, operation.id() + " " + status, answer.path("content"));
            }
        }
        return bodies;
    }

    private static void add(Map<String, JsonNode> bodies, String name, JsonNode content) {
        if (content.has(JSON)) {
            bodies.put(name, content.get(JSON));
        }
    }
}
