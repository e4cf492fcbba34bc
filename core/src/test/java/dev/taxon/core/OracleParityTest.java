package dev.taxon.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.taxon.core.Classification.Scored;
import dev.taxon.core.checkpoint.OracleFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference's own answers, from text to logits and predictions; single precision. */
class OracleParityTest {
    /** Of a logit, relative to the row's largest where that is above 1. */
    private static final double TOLERANCE = 2e-4;

    private static final JsonMapper JSON = new JsonMapper();

    private record Case(ClassificationInput input, JsonNode json) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                OracleFolders.SIMPLE_FIRST,
                OracleFolders.MLP_AVERAGE_TEXT_FIRST,
                OracleFolders.MODERN_BERT,
                OracleFolders.MODERN_BERT_BIASES,
                OracleFolders.MODERN_BERT_OLDER_KEYS
            })
    void eachCaseAlone(String folder) {
        List<Case> cases = cases(folder);
        assertThat(cases).hasSizeGreaterThanOrEqualTo(3);
        try (Classifier classifier = TinyModels.oracle(folder)) {
            for (Case one : cases) {
                assertMatches(one, classifier.classify(List.of(one.input())).get(0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OracleFolders.SIMPLE_FIRST,
                OracleFolders.MLP_AVERAGE_TEXT_FIRST,
                OracleFolders.MODERN_BERT,
                OracleFolders.MODERN_BERT_BIASES,
                OracleFolders.MODERN_BERT_OLDER_KEYS
            })
    void allCasesInOnePaddedBatch(String folder) {
        List<Case> cases = cases(folder);
        try (Classifier classifier = TinyModels.oracle(folder)) {
            List<Classification> answers = classifier.score(
                    cases.stream().map(one -> classifier.encode(one.input())).toList());
            for (int i = 0; i < cases.size(); i++) {
                assertMatches(cases.get(i), answers.get(i));
            }
        }
    }

    private static void assertMatches(Case one, Classification answer) {
        Scored scored = (Scored) answer;
        List<Double> expected = new ArrayList<>();
        one.json().get("logits").forEach(logit -> expected.add(logit.asDouble()));
        double magnitude = expected.stream().mapToDouble(Math::abs).reduce(1, Math::max);
        assertThat(scored.logits()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat((double) scored.logits().get(i)).isCloseTo(expected.get(i), within(TOLERANCE * magnitude));
        }
        assertThat(scored.predictions().stream().map(LabelScore::label))
                .containsExactlyInAnyOrderElementsOf(predictedLabels(one.json()));
    }

    private static org.assertj.core.data.Offset<Double> within(double tolerance) {
        return org.assertj.core.data.Offset.offset(tolerance);
    }

    private static List<String> predictedLabels(JsonNode json) {
        List<String> labels = new ArrayList<>();
        json.get("expected")
                .forEach(prediction -> labels.add(prediction.get("label").asText()));
        return labels;
    }

    /** Cases that ask for prompts, examples or trees belong to a later milestone. */
    private static List<Case> cases(String folder) {
        try (Stream<String> lines = Files.lines(OracleFolders.path(folder).resolve("cases.jsonl"))) {
            return lines.map(OracleParityTest::parse)
                    .filter(json -> !json.has("prompt") && !json.has("examples"))
                    .filter(json -> json.get("expected").isArray())
                    .map(json -> new Case(input(json), json))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassificationInput input(JsonNode json) {
        List<String> labels = new ArrayList<>();
        json.get("flat_labels").forEach(label -> labels.add(label.asText()));
        Mode mode =
                json.get("classification_type").asText().equals("multi-label") ? Mode.MULTI_LABEL : Mode.SINGLE_LABEL;
        Double threshold = mode == Mode.MULTI_LABEL ? json.get("threshold").doubleValue() : null;
        return new ClassificationInput(
                json.get("text").asText(),
                labels,
                mode,
                threshold,
                OnLong.TRUNCATE,
                json.get("max_length").intValue());
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
