package dev.taxon.serving.classify;

import static dev.taxon.sdk.wire.ErrorCode.INVALID_REQUEST;
import static dev.taxon.sdk.wire.ErrorCode.MALFORMED_JSON;
import static dev.taxon.sdk.wire.ErrorCode.NOT_FOUND;
import static dev.taxon.sdk.wire.ErrorCode.UNKNOWN_FIELD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every body that is refused: with which code, and at which place. Single quotes stand for double ones. */
@QuarkusTest
class BadInputIT extends ServerTest {
    /** Stands in every text, and must never come back. */
    private static final String SECRET = "zanzibar";

    @Test
    void refusesWhatIsNotJson() {
        refused(MALFORMED_JSON, null, "");
        refused(MALFORMED_JSON, null, SECRET);
        refused(MALFORMED_JSON, null, "{'texts': ['zanzibar'], 'labels': ['a']");
        refused(MALFORMED_JSON, null, "{'texts': ['zanzibar'], 'labels': ['a']} zanzibar");
        refused(MALFORMED_JSON, "texts[0]", "{'texts': ['zanzibar");
        byte[] latin = "{\"texts\": [\"zanzibar \u00e9\"], \"labels\": [\"a\"]}".getBytes(StandardCharsets.ISO_8859_1);
        Problems.expect(MALFORMED_JSON, Http.send(Http.classify(token, latin)));
    }

    @Test
    void refusesJsonOfAnotherShape() {
        refused(INVALID_REQUEST, null, "null");
        refused(INVALID_REQUEST, null, "[]");
        refused(INVALID_REQUEST, null, "'zanzibar'");
        refused(INVALID_REQUEST, "texts", "{'texts': 'zanzibar', 'labels': ['a']}");
        refused(INVALID_REQUEST, "texts[1]", "{'texts': ['zanzibar', 7], 'labels': ['a']}");
        refused(INVALID_REQUEST, "texts[1]", "{'texts': ['zanzibar', null], 'labels': ['a']}");
        refused(INVALID_REQUEST, "inputs[0]", "{'inputs': ['zanzibar']}");
        refused(INVALID_REQUEST, "inputs[1].text", "{'inputs': [" + input("") + ", {'text': 7, 'labels': ['a']}]}");
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        String twice = "{'texts': ['zanzibar'], 'labels': ['a'], 'texts': ['zanzibar']}".replace('\'', '"');
        String detail = Problems.expect(MALFORMED_JSON, Http.send(Http.classify(token, twice)))
                .detail();
        assertThat(detail).startsWith("An object has the same key twice (line 1, column ");
    }

    @Test
    void refusesUnknownFieldsByName() {
        refused(UNKNOWN_FIELD, "lables", "{'texts': ['zanzibar'], 'lables': ['a']}");
        refused(UNKNOWN_FIELD, "inputs[1].top_n", "{'inputs': [" + input("") + "," + input(", 'top_n': 1") + "]}");
        refused(UNKNOWN_FIELD, "labels[0].color", "{'texts': ['zanzibar'], 'labels': [{'name': 'a', 'color': 1}]}");
    }

    @Test
    void refusesARequestThatIsNeitherInputsNorTexts() {
        refused(INVALID_REQUEST, null, "{}");
        refused(INVALID_REQUEST, null, "{'labels': ['a']}");
        refused(INVALID_REQUEST, "texts", "{'texts': ['zanzibar'], 'inputs': [" + input("") + "]}");
        refused(INVALID_REQUEST, "labels", "{'inputs': [" + input("") + "], 'labels': ['a']}");
        refused(INVALID_REQUEST, "threshold", "{'inputs': [" + input("") + "], 'threshold': 0.5}");
    }

    @Test
    void refusesTextsThatCannotBeClassified() {
        refused(INVALID_REQUEST, "texts", "{'texts': [], 'labels': ['a']}");
        refused(INVALID_REQUEST, "texts", "{'texts': [" + list(1_001) + "], 'labels': ['a']}");
        refused(INVALID_REQUEST, "texts[1]", "{'texts': ['zanzibar', ''], 'labels': ['a']}");
        refused(INVALID_REQUEST, "texts[0]", "{'texts': [' \\n '], 'labels': ['a']}");
        refused(INVALID_REQUEST, "inputs[0].text", "{'inputs': [{'labels': ['a']}]}");
        refused(INVALID_REQUEST, "texts[0]", "{'texts': ['" + "é".repeat(1_000_001) + "'], 'labels': ['a']}");
        refused(INVALID_REQUEST, "texts[0]", "{'texts': ['zanzibar \\u0000'], 'labels': ['a']}");
        refused(INVALID_REQUEST, "texts[0]", "{'texts': ['zanzibar \\ud83d'], 'labels': ['a']}");
        refused(INVALID_REQUEST, "texts[0]", "{'texts': ['\\ude00\\ud83d zanzibar'], 'labels': ['a']}");
    }

    @Test
    void refusesLabelsThatCannotBeChosenFrom() {
        labelsRefused(INVALID_REQUEST, "labels", "null");
        labelsRefused(INVALID_REQUEST, "labels", "[]");
        labelsRefused(INVALID_REQUEST, "labels", "'a'");
        labelsRefused(INVALID_REQUEST, "labels", "[" + list(1_001) + "]");
        labelsRefused(INVALID_REQUEST, "labels[1]", "['a', ' ']");
        labelsRefused(INVALID_REQUEST, "labels[2]", "['a', 'b', 'a']");
        labelsRefused(INVALID_REQUEST, "labels[1]", "['a', 7]");
        labelsRefused(INVALID_REQUEST, "labels[1]", "['a', null]");
        labelsRefused(INVALID_REQUEST, "labels[0]", "['\\u0000']");
        labelsRefused(INVALID_REQUEST, "labels[0]", "['\\udc00']");
        Problems.expect(INVALID_REQUEST, Http.send(Http.classify(token, "{\"labels\": " + "{\"a\":".repeat(5_000))));
        labelsRefused(INVALID_REQUEST, "labels[0].threshold", "[{'name': 'a', 'threshold': 1.01}]");
        labelsRefused(INVALID_REQUEST, "labels[0].threshold", "[{'name': 'a', 'threshold': '1'}]");
        refused(
                INVALID_REQUEST,
                "inputs[1].labels[1]",
                "{'inputs': [" + input("") + ", {'text': 'zanzibar', 'labels': ['a', 'a']}]}");
    }

    @Test
    void refusesOptionsOutOfRange() {
        optionRefused(INVALID_REQUEST, "threshold", "-0.1");
        optionRefused(INVALID_REQUEST, "threshold", "1.5");
        optionRefused(INVALID_REQUEST, "threshold", "'0.5'");
        optionRefused(INVALID_REQUEST, "top_k", "0");
        optionRefused(INVALID_REQUEST, "top_k", "1.5");
        optionRefused(INVALID_REQUEST, "top_k", "99999999999");
        optionRefused(INVALID_REQUEST, "max_length", "0");
        optionRefused(INVALID_REQUEST, "mode", "'both'");
        optionRefused(INVALID_REQUEST, "on_long", "'cut'");
        optionRefused(INVALID_REQUEST, "mode", "1");
    }

    @Test
    void refusesHalfCharactersWhereverStringsStand() {
        optionRefused(INVALID_REQUEST, "prompt", "'\\u0000'");
        contextRefused("examples[0].text", "'examples': [{'text': '\\ud800', 'labels': ['a']}]");
        contextRefused(
                "examples[1].labels[0]",
                "'examples': [{'text': 't', 'labels': ['a']}," + " {'text': 't', 'labels': ['\\u0000']}]");
        contextRefused(
                "retrieved_examples[0].false_labels[0]",
                "'retrieved_examples': [{'text': 't', 'true_labels': ['a'], 'false_labels': ['\\ud800']}]");
        labelsRefused(
                INVALID_REQUEST, "labels[1].description", "['a', {'name': 'b', 'description': 'zanzibar\\u0000'}]");
    }

    @Test
    void refusesDuplicatesInATreeByTheirFlattenedPlace() {
        labelsRefused(INVALID_REQUEST, "labels[1]", "{'news': ['a', 'a']}");
        labelsRefused(INVALID_REQUEST, "labels", "{'news': []}");
    }

    private void contextRefused(String at, String field) {
        refused(INVALID_REQUEST, at, "{'texts': ['zanzibar'], 'labels': ['a'], " + field + "}");
    }

    @Test
    void knowsNoAdapterThatIsNotThere() {
        optionRefused(NOT_FOUND, "adapter", "'support@3'");
        refused(NOT_FOUND, "inputs[1].adapter", "{'inputs': [" + input("") + "," + input(", 'adapter': 'a'") + "]}");
        optionRefused(INVALID_REQUEST, "adapter", "'support@latest'");
        optionRefused(INVALID_REQUEST, "adapter", "'a/b'");
    }

    private void labelsRefused(ErrorCode code, String at, String labels) {
        refused(code, at, "{'texts': ['zanzibar'], 'labels': " + labels + "}");
    }

    private void optionRefused(ErrorCode code, String name, String value) {
        refused(code, name, "{'texts': ['zanzibar'], 'labels': ['a'], '" + name + "': " + value + "}");
    }

    private void refused(ErrorCode code, @Nullable String at, String body) {
        HttpResponse<String> response = Http.send(Http.classify(token, body.replace('\'', '"')));
        Problem problem = Problems.expect(code, response);
        assertThat(problem.at()).as(response.body()).isEqualTo(at);
        assertThat(response.body()).doesNotContain(SECRET);
    }

    private static String input(String more) {
        return "{'text': 'zanzibar', 'labels': ['a']" + more + "}";
    }

    private static String list(int size) {
        return IntStream.range(0, size).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(","));
    }
}
