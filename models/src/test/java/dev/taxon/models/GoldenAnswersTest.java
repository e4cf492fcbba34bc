package dev.taxon.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.taxon.core.Classification;
import dev.taxon.core.Classification.Scored;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.torch.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model's answers beside those that {@code taxon-small/reference.py} works out in plain PyTorch. */
class GoldenAnswersTest {
    private static final JsonMapper JSON = new JsonMapper();

    private record Golden(ClassificationInput input, int tokens, List<Double> logits) {}

    /** Tolerances of a logit; logits of this model span about five. */
    @ParameterizedTest
    @CsvSource({"FP32, 0.0005", "BF16, 0.1", "FP16, 0.02", "INT8, 0.35"})
    void eachAloneAndAllTogether(Precision precision, double tolerance) throws IOException {
        List<Golden> goldens = goldens();
        try (Checkpoint checkpoint = BuiltInModels.taxonSmall();
                Classifier classifier =
                        Classifiers.open(checkpoint, EngineOptions.defaults().withPrecision(precision))) {
            List<EncodedInput> rows = goldens.stream()
                    .map(golden -> classifier.encode(golden.input()))
                    .toList();
            List<Classification> together = classifier.score(rows);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(rows.get(i).rows().get(0).text().length())
                        .isEqualTo(goldens.get(i).tokens());
                assertMatches(goldens.get(i), together.get(i), tolerance);
                assertMatches(
                        goldens.get(i), classifier.score(List.of(rows.get(i))).get(0), tolerance);
            }
        }
    }

    private static void assertMatches(Golden golden, Classification answer, double tolerance) {
        List<Float> logits = ((Scored) answer).logits();
        assertThat(logits).hasSameSizeAs(golden.logits());
        for (int i = 0; i < logits.size(); i++) {
            assertThat((double) logits.get(i)).isCloseTo(golden.logits().get(i), within(tolerance));
        }
    }

    private static List<Golden> goldens() throws IOException {
        List<Golden> goldens = new ArrayList<>();
        try (InputStream file =
                Objects.requireNonNull(GoldenAnswersTest.class.getResourceAsStream("/taxon-small-golden.jsonl"))) {
            for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                goldens.add(golden(JSON.readTree(line)));
            }
        }
        assertThat(goldens).hasSizeGreaterThan(5);
        return goldens;
    }

    private static Golden golden(JsonNode json) {
        List<String> labels = new ArrayList<>();
        json.get("labels").forEach(label -> labels.add(label.asText()));
        List<Double> logits = new ArrayList<>();
        json.get("logits").forEach(logit -> logits.add(logit.asDouble()));
        return new Golden(
                ClassificationInput.of(json.get("text").asText(), labels),
                json.get("tokens").asInt(),
                logits);
    }
}
