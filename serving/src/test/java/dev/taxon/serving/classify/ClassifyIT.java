package dev.taxon.serving.classify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.core.Classification;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.LabelScore;
import dev.taxon.serving.fixture.HashClassifier;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.ServerTest;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ClassifyIT extends ServerTest {

    @Test
    void scoresTextsAgainstSharedLabels() {
        JsonNode body = classify("{'texts': ['The match was won.', 'Shares fell.'], 'labels': ['sports', 'business']}");
        assertThat(body.get("model").asText()).isEqualTo(HashClassifier.NAME);
        assertThat(body.get("results")).hasSize(2);
        assertThat(scores(body, 0)).isEqualTo(expected("The match was won.", "sports", "business"));
        assertThat(scores(body, 1)).isEqualTo(expected("Shares fell.", "sports", "business"));
        assertThat(body.at("/usage/texts").asInt()).isEqualTo(2);
        assertThat(body.at("/usage/tokens").asInt())
                .isEqualTo(body.at("/results/0/tokens").asInt()
                        + body.at("/results/1/tokens").asInt());
    }

    @Test
    void takesInputsThatEachSayEverythingForThemselves() {
        JsonNode body = classify("{'inputs': [{'text': 'one', 'id': 'first', 'labels': ['a', 'b', 'c'], 'top_k': 2},"
                + " {'text': 'two', 'labels': ['d', {'name': 'e'}], 'mode': 'multi-label', 'threshold': 0}]}");
        assertThat(body.at("/results/0/id").asText()).isEqualTo("first");
        assertThat(scores(body, 0)).isEqualTo(expected("one", "a", "b", "c").subList(0, 2));
        assertThat(body.at("/results/0/predictions")).hasSize(1);
        assertThat(body.at("/results/1").has("id")).isFalse();
        assertThat(body.at("/results/1/predictions")).hasSize(2);
    }

    @Test
    void leavesASingleLabelRowWithoutPredictionBelowTheThresholdAlone() {
        assertThat(predictions("'labels': ['a', 'b']")).hasSize(1);
        assertThat(predictions("'labels': ['a', 'b'], 'threshold': 1")).isEmpty();
        assertThat(predictions("'labels': [{'name': 'a', 'threshold': 1}, {'name': 'b', 'threshold': 1}]"))
                .isEmpty();
    }

    @Test
    void putsTheThresholdOfALabelBeforeTheOneOfTheRequest() {
        assertThat(predictions(
                        "'mode': 'multi-label', 'threshold': 1, 'labels': ['a', {'name': 'b', 'threshold': 0}, 'c']"))
                .containsExactly("b");
        assertThat(predictions("'mode': 'multi-label', 'threshold': 0, 'labels': [{'name': 'a', 'threshold': 1}, 'b']"))
                .containsExactly("b");
    }

    @Test
    void saysThatALongTextWasCut() {
        String text = "word ".repeat(2_000);
        JsonNode body = classify("{'texts': ['" + text + "', 'short'], 'labels': ['a']}");
        assertThat(body.at("/results/0/truncated").asBoolean()).isTrue();
        assertThat(body.at("/results/0/tokens").asInt()).isEqualTo(HashClassifier.POSITIONS);
        assertThat(body.at("/results/1/truncated").asBoolean()).isFalse();
    }

    @Test
    void takesTheLongestTextAllowed() {
        JsonNode body = classify("{'texts': ['" + "é".repeat(1_000_000) + "'], 'labels': ['a']}");
        assertThat(body.get("results")).hasSize(1);
    }

    @Test
    void takesTheMostTextsAllowed() {
        String texts = IntStream.range(0, 1_000).mapToObj(i -> "'t" + i + "'").collect(Collectors.joining(","));
        assertThat(classify("{'texts': [" + texts + "], 'labels': ['a']}").get("results"))
                .hasSize(1_000);
    }

    @Test
    void reportsARowThatIsNotFiniteInItsOwnResult() {
        JsonNode body =
                classify("{'texts': ['before', '" + HashClassifier.NOT_FINITE + "', 'after'], 'labels': ['a', 'b']}");
        assertThat(scores(body, 0)).isEqualTo(expected("before", "a", "b"));
        assertThat(scores(body, 2)).isEqualTo(expected("after", "a", "b"));
        JsonNode failed = body.at("/results/1");
        assertThat(failed.at("/error/code").asText()).isEqualTo("row_failed");
        assertThat(failed.at("/error/at").asText()).isEqualTo("texts[1]");
        assertThat(failed.get("predictions")).isEmpty();
    }

    @Test
    void keepsScoresInTheirOrder() {
        JsonNode body = classify("{'texts': ['t'], 'labels': ['a', 'b', 'c', 'd', 'e']}");
        List<Double> values = new ArrayList<>();
        body.at("/results/0/scores").forEach(score -> values.add(score.asDouble()));
        assertThat(values).isSortedAccordingTo((one, other) -> Double.compare(other, one));
    }

    private JsonNode classify(String body) {
        HttpResponse<String> response = Http.send(Http.classify(token, body.replace('\'', '"')));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode json = Http.json(response);
        assertThat(json.get("request_id").asText())
                .isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
        return json;
    }

    private List<String> predictions(String options) {
        JsonNode body = classify("{'texts': ['some text'], " + options + "}");
        List<String> labels = new ArrayList<>();
        body.at("/results/0/predictions")
                .forEach(prediction -> labels.add(prediction.get("label").asText()));
        return labels;
    }

    private static List<LabelScore> scores(JsonNode body, int row) {
        List<LabelScore> scores = new ArrayList<>();
        JsonNode node = body.at("/results/" + row + "/scores");
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            scores.add(new LabelScore(name, node.get(name).asDouble()));
        }
        return scores;
    }

    private static List<LabelScore> expected(String text, String... labels) {
        Classification classification = new HashClassifier()
                .classify(List.of(ClassificationInput.of(text, List.of(labels))))
                .get(0);
        return ((Classification.Scored) classification).scores();
    }
}
