package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.tenant.Scope;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sets by name: made, listed, shown, deleted. */
@QuarkusTest
class DatasetsIT extends DatasetServerTest {

    @Test
    void makesADataset() {
        JsonNode dataset = Http.json(get("/v1/datasets/" + name));
        assertThat(dataset.get("name").asText()).isEqualTo(name);
        assertThat(dataset.get("created_at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(dataset.has("latest")).isFalse();
    }

    @Test
    void makesANameOnce() {
        Problem problem = Problems.expect(ErrorCode.CONFLICT, post("/v1/datasets", "{\"name\": \"" + name + "\"}"));
        assertThat(problem.detail()).doesNotContain(name);
    }

    @Test
    void leavesANameToOtherTenants() {
        token = newKey("globex", Scope.all()).token();
        Problems.expect(ErrorCode.NOT_FOUND, get("/v1/datasets/" + name));
        assertThat(post("/v1/datasets", "{\"name\": \"" + name + "\"}").statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a/b", "../a", "-a", ".a", "a b", "\uD83D\uDE00", "a\\u0000", "é", "a\\n", "zanzibar!"})
    void refusesNamesThatAreNone(String wrong) {
        HttpResponse<String> response = post("/v1/datasets", "{\"name\": \"" + wrong + "\"}");
        Problem problem = Problems.expect(ErrorCode.INVALID_REQUEST, response);
        assertThat(problem.at()).isEqualTo("name");
        assertThat(response.body()).doesNotContain(SECRET);
    }

    @Test
    void refusesNamesThatAreTooLong() {
        Problems.expect(ErrorCode.INVALID_REQUEST, post("/v1/datasets", "{\"name\": \"" + "a".repeat(1_000) + "\"}"));
    }

    @Test
    void refusesBodiesThatAreNone() {
        Problems.expect(ErrorCode.INVALID_REQUEST, post("/v1/datasets", "{}"));
        Problems.expect(ErrorCode.INVALID_REQUEST, post("/v1/datasets", "{\"name\": null}"));
        Problems.expect(ErrorCode.UNKNOWN_FIELD, post("/v1/datasets", "{\"name\": \"a\", \"rows\": []}"));
        Problems.expect(ErrorCode.MALFORMED_JSON, post("/v1/datasets", "name=a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "a/b", "\uD83D\uDE00", " "})
    void knowsNoOtherDatasets(String wrong) {
        String path = "/v1/datasets/"
                + URLEncoder.encode(wrong, StandardCharsets.UTF_8).replace("+", "%20");
        for (String below : List.of("", "/versions", "/versions/1", "/versions/1/report", "/versions/1/rows")) {
            Problems.expect(ErrorCode.NOT_FOUND, get(path + below));
        }
        Problems.expect(ErrorCode.NOT_FOUND, delete(path));
        Problems.expect(ErrorCode.NOT_FOUND, delete(path + "/versions/1"));
        Problems.expect(ErrorCode.NOT_FOUND, delete(path + "/rows/1"));
    }

    @Test
    void listsPageByPage() {
        newDataset();
        newDataset();
        JsonNode whole = Http.json(get("/v1/datasets?limit=1000"));
        JsonNode first = Http.json(get("/v1/datasets?limit=2"));
        assertThat(first.get("items")).hasSize(2);
        JsonNode second =
                Http.json(get("/v1/datasets?limit=1&after=" + first.get("next").asText()));
        assertThat(whole.findValuesAsText("name"))
                .isSorted()
                .contains(name)
                .startsWith(
                        first.get("items").get(0).get("name").asText(),
                        first.get("items").get(1).get("name").asText(),
                        second.get("items").get(0).get("name").asText());
        assertThat(whole.has("next")).isFalse();
        Problems.expect(ErrorCode.INVALID_REQUEST, get("/v1/datasets?limit=0"));
    }

    @Test
    void deletesAll() {
        read(ROWS);
        assertThat(delete("/v1/datasets/" + name).statusCode()).isEqualTo(204);
        Problems.expect(ErrorCode.NOT_FOUND, get("/v1/datasets/" + name));
        Problems.expect(ErrorCode.NOT_FOUND, get(versions()));
        assertThat(count("dataset_row", "text LIKE 'the striker%' AND dataset_id NOT IN (SELECT id FROM dataset)"))
                .isZero();
    }

    @Test
    void isForKeysThatMayTrain() {
        Set<Scope> others = EnumSet.complementOf(EnumSet.of(Scope.TRAIN));
        token = newKey("acme", others).token();
        Problems.expect(ErrorCode.FORBIDDEN, get("/v1/datasets"));
        Problems.expect(ErrorCode.FORBIDDEN, post("/v1/datasets", "{\"name\": \"a\"}"));
        Problems.expect(ErrorCode.FORBIDDEN, upload(ROWS));
        Problems.expect(ErrorCode.FORBIDDEN, delete("/v1/datasets/" + name));
        token = "";
        Problems.expect(ErrorCode.UNAUTHENTICATED, get("/v1/datasets"));
    }
}
