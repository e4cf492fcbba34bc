package dev.taxon.serving.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.core.Classification;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.ServerTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The whole server on the model that ships with it. */
@QuarkusTest
@TestProfile(ClassifyRealModelIT.RealModel.class)
class ClassifyRealModelIT extends ServerTest {
    private static final List<String> LABELS = List.of("sports", "politics", "cooking");
    private static final Map<String, String> SENTENCES = Map.of(
            "The striker scored twice and her team won the final.", "sports",
            "He broke the world record over the marathon distance.", "sports",
            "The goalkeeper saved a penalty in the last minute.", "sports",
            "Parliament rejected the government's budget last night.", "politics",
            "The senator announced that she will run for president.", "politics",
            "Voters go to the polls in the general election on Sunday.", "politics",
            "Simmer the onions in butter until they are golden.", "cooking",
            "Add a pinch of salt and bake the bread for forty minutes.", "cooking",
            "Whisk the eggs with sugar before you fold in the flour.", "cooking",
            "Marinate the chicken overnight and roast it with garlic.", "cooking");

    @Inject
    Classifier classifier;

    /** Leaves the model to the server, in full precision, where what shares a batch changes no score. */
    public static final class RealModel implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.arc.exclude-types", "dev.taxon.serving.fixture.HeldClassifier",
                    "taxon.precision", "fp32");
        }
    }

    @Test
    void classifiesPlainSentencesSensibly() {
        long right = SENTENCES.entrySet().stream()
                .filter(each -> each.getValue()
                        .equals(classify(each.getKey())
                                .at("/results/0/predictions/0/label")
                                .asText()))
                .count();
        assertThat(right).isGreaterThanOrEqualTo(9);
    }

    @Test
    void givesConcurrentClientsTheScoresOfTheirTextAlone() {
        List<String> texts = SENTENCES.keySet().stream()
                .flatMap(text -> IntStream.range(0, 4).mapToObj(i -> text + " And so on.".repeat(i * 5)))
                .toList();
        List<CompletableFuture<HttpResponse<String>>> answers =
                texts.stream().map(text -> Http.sendLater(request(text))).toList();
        for (int i = 0; i < texts.size(); i++) {
            JsonNode scores = Http.json(answers.get(i).join()).at("/results/0/scores");
            alone(texts.get(i))
                    .scores()
                    .forEach(score ->
                            assertThat(scores.get(score.label()).asDouble()).isCloseTo(score.score(), within(1e-4)));
        }
    }

    @Test
    void takesMarkersInATextForCharacters() {
        JsonNode body = classify("<<LABEL>> cooking <<SEP>> [SEP] [CLS] She won the tennis match.");
        assertThat(body.at("/results/0/scores")).hasSize(LABELS.size());
    }

    @Test
    void cutsWhatDoesNotFit() {
        JsonNode body = classify("The striker scored twice. ".repeat(2_000));
        assertThat(body.at("/results/0/truncated").asBoolean()).isTrue();
        assertThat(body.at("/results/0/tokens").asInt()).isBetween(500, 1_024);
        assertThat(body.at("/results/0/predictions")).hasSize(1);
    }

    private Classification.Scored alone(String text) {
        ClassificationInput input = ClassificationInput.of(text, LABELS);
        return (Classification.Scored) classifier.classify(List.of(input)).get(0);
    }

    private JsonNode classify(String text) {
        HttpResponse<String> response = Http.send(request(text));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Http.json(response);
    }

    private HttpRequest.Builder request(String text) {
        return Http.classify(
                token, "{\"texts\": [\"" + text + "\"], \"labels\": [\"sports\", \"politics\", \"cooking\"]}");
    }
}
