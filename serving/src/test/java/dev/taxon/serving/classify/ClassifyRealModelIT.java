package dev.taxon.serving.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.core.Classification;
import dev.taxon.core.ClassificationInput;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.model.Bases;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The whole server on the model that ships with it. */
@QuarkusTest
@TestProfile(ClassifyRealModelIT.RealModel.class)
class ClassifyRealModelIT extends ServerTest {
    private static final int MOST_SCORES = 1_100;
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
    Bases bases;

    /** Leaves the model to the server, in full precision, where what shares a batch changes no score. */
    public static final class RealModel implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.arc.exclude-types", "dev.taxon.serving.fixture.HeldOpener",
                    "taxon.precision", "fp32",
                    "taxon.limits.scores", Integer.toString(MOST_SCORES));
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

    /** Characters that the tokenizer takes one by one anyway, so that spaces between them must change nothing. */
    @Test
    void takesMarkersInATextForCharacters() {
        JsonNode forged = classify("<<LABEL>> cooking <<SEP>> [SEP] [CLS] She won the tennis match.");
        JsonNode spaced = classify("< < LABEL > > cooking < < SEP > > [ SEP ] [ CLS ] She won the tennis match.");
        assertThat(forged.at("/results/0/tokens").asInt())
                .isEqualTo(spaced.at("/results/0/tokens").asInt());
        for (String label : LABELS) {
            assertThat(forged.at("/results/0/scores").get(label).asDouble())
                    .isCloseTo(spaced.at("/results/0/scores").get(label).asDouble(), within(1e-5));
        }
    }

    @Test
    void takesTheMostLabelsAllowedAsOftenAsTheyCome() {
        for (int call = 0; call < 2; call++) {
            HttpResponse<String> response = Http.send(Http.classify(token, body("'A cat.'", labels(1_000), "")));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(Http.json(response).at("/results/0/scores")).hasSize(1_000);
        }
    }

    @Test
    void refusesMoreScoresThanItHolds() {
        Problem problem = refused(ErrorCode.INVALID_REQUEST, body("'A cat.', 'A dog.'", labels(600), ""));
        assertThat(problem.detail()).contains("1200 scores", "at most " + MOST_SCORES);
    }

    @Test
    void refusesLabelsThatDoNotFit() {
        String labels = "'animals', 'plants', 'minerals'";
        assertThat(refused(ErrorCode.LABELS_TOO_LONG, body("'A cat.'", labels, ", 'max_length': 4"))
                        .at())
                .isEqualTo("labels");
        String inputs = "{'inputs': [{'text': 'A cat.', 'labels': ['animals'], 'max_length': 1}]}";
        assertThat(refused(ErrorCode.LABELS_TOO_LONG, inputs).at()).isEqualTo("inputs[0].labels");
        String endless = "'" + "very ".repeat(600) + "long'";
        refused(ErrorCode.LABELS_TOO_LONG, body("'A cat.'", endless, ""));
    }

    @Test
    void refusesATextThatDoesNotFitWhenAskedTo() {
        String texts = "'A cat.', '" + "zanzibar ".repeat(600) + "'";
        Problem problem = refused(ErrorCode.TEXT_TOO_LONG, body(texts, "'animals'", ", 'on_long': 'error'"));
        assertThat(problem.at()).isEqualTo("texts[1]");
        assertThat(problem.detail()).doesNotContain("zanzibar");
    }

    @Test
    void answersATreeInItsShape() {
        JsonNode result = answer("{'texts': ['The striker scored twice in the final.'], 'hierarchical': true,"
                + " 'labels': {'topic': {'leisure': ['sports', 'cooking']}, 'tone': ['glad', 'sad']}}");
        JsonNode tree = result.at("/tree");
        assertThat(tree.at("/topic/leisure/sports").asDouble())
                .isEqualTo(result.at("/scores").get("topic.leisure.sports").asDouble())
                .isGreaterThan(tree.at("/topic/leisure/cooking").asDouble());
        assertThat(tree.at("/tone")).hasSize(2);
    }

    @Test
    void readsDescriptionsAndAnswersWithNames() {
        JsonNode result = answer("{'texts': ['The striker scored twice in the final.'], 'labels': ["
                + "{'name': 'A1', 'description': 'food and recipes'}, {'name': 'B2', 'description': 'sports and"
                + " matches'}]}");
        assertThat(result.at("/predictions/0/label").asText()).isEqualTo("B2");
    }

    /** What is far behind the beginning is read in a window of its own. */
    @Test
    void readsAllOfALongTextWhenAskedTo() {
        String text = "Nothing happened today. ".repeat(300) + "Simmer the onions in butter and add garlic.";
        String body = "{'texts': ['" + text + "'], 'labels': ['cooking', 'politics'], 'mode': 'multi-label'%s}";
        JsonNode cut = answer(body.formatted(""));
        JsonNode whole = answer(body.formatted(", 'on_long': 'chunk'"));
        assertThat(cut.at("/truncated").asBoolean()).isTrue();
        assertThat(whole.at("/truncated").asBoolean()).isFalse();
        assertThat(whole.at("/tokens").asInt()).isGreaterThan(cut.at("/tokens").asInt());
        assertThat(whole.at("/scores/cooking").asDouble())
                .isGreaterThan(cut.at("/scores/cooking").asDouble());
    }

    @Test
    void readsAPromptAndRefusesExamplesByName() {
        JsonNode plain = answer("{'texts': ['Great.'], 'labels': ['positive', 'negative']}");
        JsonNode asked = answer(
                "{'texts': ['Great.'], 'labels': ['positive', 'negative'], 'prompt': 'What a film critic says: '}");
        assertThat(asked.at("/tokens").asInt())
                .isGreaterThan(plain.at("/tokens").asInt());
        assertThat(refused(
                                ErrorCode.NOT_SUPPORTED,
                                "{'texts': ['a'], 'labels': ['b'], 'examples': [{'text': 'c', 'labels': ['b']}]}")
                        .at())
                .isEqualTo("examples");
    }

    private JsonNode answer(String body) {
        HttpResponse<String> response = Http.send(Http.classify(token, body.replace('\'', '"')));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Http.json(response).at("/results/0");
    }

    @Test
    void showsHowOftenLabelsWereKept() {
        String body = "{'texts': ['a text'], 'labels': ['a label of this test', 'another label of this test']}";
        double missed = labelMetric("taxon_cache_misses_total");
        answer(body);
        double hit = labelMetric("taxon_cache_hits_total");
        assertThat(labelMetric("taxon_cache_misses_total") - missed).isGreaterThanOrEqualTo(2);
        answer(body);
        assertThat(labelMetric("taxon_cache_hits_total") - hit).isGreaterThanOrEqualTo(2);
        assertThat(labelMetric("taxon_cache_bytes")).isPositive();
    }

    private static double labelMetric(String name) {
        return Http.send(Http.to("/q/metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains("cache=\"labels\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void cutsWhatDoesNotFit() {
        JsonNode body = classify("The striker scored twice. ".repeat(2_000));
        assertThat(body.at("/results/0/truncated").asBoolean()).isTrue();
        assertThat(body.at("/results/0/tokens").asInt()).isBetween(500, 1_024);
        assertThat(body.at("/results/0/predictions")).hasSize(1);
    }

    /** Single quotes stand for double ones. */
    private Problem refused(ErrorCode code, String body) {
        return Problems.expect(code, Http.send(Http.classify(token, body.replace('\'', '"'))));
    }

    private static String body(String texts, String labels, String more) {
        return ("{'texts': [" + texts + "], 'labels': [" + labels + "]" + more + "}").replace('\'', '"');
    }

    private static String labels(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'topic " + i + "'").collect(Collectors.joining(","));
    }

    private Classification.Scored alone(String text) {
        ClassificationInput input = ClassificationInput.of(text, LABELS);
        return (Classification.Scored)
                bases.current().classifier().classify(List.of(input)).get(0);
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
