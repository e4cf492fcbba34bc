package dev.taxon.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Operators;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every parameter that the API's own description calls a number, given something else. */
@QuarkusTest
class NumberParametersIT extends ServerTest {
    /** A word, what lies between whole numbers, and too large a one. */
    private static final List<String> NO_NUMBERS = List.of("many", "1.5", "2147483648");

    /** A number parameter of an operation. */
    private record Numbered(String path, String method, String place, String name) {}

    @Test
    void inAQueryIsRefusedByItsName() {
        List<Numbered> all = numbered("query");
        assertThat(all).extracting(Numbered::name).contains("limit", "active", "other");
        String operator = Operators.token();
        for (Numbered each : all) {
            for (String value : NO_NUMBERS) {
                HttpResponse<String> answer = call(operator, each, "x", "?" + each.name() + "=" + value);
                assertThat(Problems.expect(ErrorCode.INVALID_REQUEST, answer).at())
                        .as(each + "=" + value)
                        .isEqualTo(each.name());
            }
        }
    }

    @Test
    void inAPathIsNotThere() {
        List<Numbered> all = numbered("path");
        assertThat(all).extracting(Numbered::name).contains("version");
        String operator = Operators.token();
        for (Numbered each : all) {
            for (String value : List.of("x", "99999999999")) {
                Problem problem = Problems.expect(ErrorCode.NOT_FOUND, call(operator, each, value, ""));
                assertThat(problem.detail())
                        .as(each + "=" + value)
                        .startsWith("There is no such")
                        .doesNotContain("route");
            }
        }
    }

    /** With a value in the place of every variable. */
    private HttpResponse<String> call(String operator, Numbered parameter, String value, String query) {
        String path = parameter.path().replaceAll("\\{[^}]*}", value) + query;
        return Operators.call(path.startsWith("/v1/admin/") ? operator : token, parameter.method(), path, "");
    }

    private static List<Numbered> numbered(String place) {
        JsonNode paths = Http.json(Http.send(Http.to("/q/openapi?format=json"))).get("paths");
        return paths.properties().stream()
                .flatMap(path ->
                        path.getValue().properties().stream().flatMap(operation -> numbered(path.getKey(), operation)))
                .filter(each -> each.place().equals(place))
                .toList();
    }

    private static Stream<Numbered> numbered(String path, Map.Entry<String, JsonNode> operation) {
        return operation
                .getValue()
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.at("/schema/type").asText().equals("integer"))
                .map(parameter -> new Numbered(
                        path,
                        operation.getKey().toUpperCase(Locale.ROOT),
                        parameter.get("in").asText(),
                        parameter.get("name").asText()));
    }
}
