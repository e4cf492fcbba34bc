package dev.taxon.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.taxon.core.Classification.Scored;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.checkpoint.OracleFolders;
import dev.taxon.core.torch.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference's own answers, from text to logits and predictions; single precision. */
class OracleParityTest {
    /** Of a logit, relative to the row's largest where that is above 1. */
    private static final double TOLERANCE = 2e-4;

    private static final JsonMapper JSON = new JsonMapper();

    private record Case(ClassificationInput input, JsonNode json) {
        Case under(Adapter adapter) {
            return new Case(input.withAdapter(adapter.reference()), json);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.taxon.core.checkpoint.OracleFolders#names")
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
    @MethodSource("dev.taxon.core.checkpoint.OracleFolders#names")
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

    @ParameterizedTest
    @MethodSource("dev.taxon.core.checkpoint.OracleFolders#adapters")
    void eachCaseUnderItsAdapterAlone(String folder, String name) {
        try (Classifier classifier = TinyModels.oracle(folder)) {
            for (Case one : adapted(folder, name, classifier)) {
                assertMatches(one, classifier.classify(List.of(one.input())).get(0));
            }
        }
    }

    /** Every adapter and none in one batch, and some several times. */
    @ParameterizedTest
    @MethodSource("dev.taxon.core.checkpoint.OracleFolders#names")
    void allAdaptersAmongStrangers(String folder) {
        try (Classifier classifier = TinyModels.oracle(folder)) {
            List<Case> all = new ArrayList<>(cases(folder));
            for (String name : OracleFolders.adapterNames(folder)) {
                all.addAll(adapted(folder, name, classifier));
                all.add(adapted(folder, name, classifier).get(0));
            }
            List<Classification> answers = classifier.score(
                    all.stream().map(one -> classifier.encode(one.input())).toList());
            for (int i = 0; i < all.size(); i++) {
                assertMatches(all.get(i), answers.get(i));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16"})
    void rowsWithoutAnAdapterGetTheSameBitsBesideOnesWith(Precision precision) {
        for (String folder : OracleFolders.names()) {
            try (Classifier classifier = TinyModels.oracle(folder, precision)) {
                List<Case> plain = cases(folder);
                for (String name : OracleFolders.adapterNames(folder)) {
                    Adapter adapter = classifier.readAdapter(OracleFolders.adapter(folder, name));
                    List<ClassificationInput> rows =
                            plain.stream().map(Case::input).toList();
                    List<ClassificationInput> mixed = new ArrayList<>(rows);
                    for (int row = 0; row < mixed.size(); row += 2) {
                        mixed.set(row, mixed.get(row).withAdapter(adapter.reference()));
                    }
                    assertSameBitsInOddRows(scored(classifier, rows), scored(classifier, mixed));
                }
            }
        }
    }

    private static List<Classification> scored(Classifier classifier, List<ClassificationInput> inputs) {
        return classifier.score(inputs.stream().map(classifier::encode).toList());
    }

    private static void assertSameBitsInOddRows(List<Classification> plain, List<Classification> mixed) {
        for (int row = 0; row < plain.size(); row++) {
            List<Float> logits = ((Scored) mixed.get(row)).logits();
            if (row % 2 == 1) {
                assertThat(logits).isEqualTo(((Scored) plain.get(row)).logits());
            } else {
                assertThat(logits).isNotEqualTo(((Scored) plain.get(row)).logits());
            }
        }
    }

    private static List<Case> adapted(String folder, String name, Classifier classifier) {
        Adapter adapter = classifier.readAdapter(OracleFolders.adapter(folder, name));
        List<Case> cases = cases(OracleFolders.adapter(folder, name)).stream()
                .map(one -> one.under(adapter))
                .toList();
        assertThat(cases).isNotEmpty();
        return cases;
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
        if (one.json().get("expected").isArray()) {
            assertThat(scored.predictions().stream().map(LabelScore::label))
                    .containsExactlyInAnyOrderElementsOf(predictedLabels(one.json()));
        }
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

    private static List<Case> cases(String folder) {
        return cases(OracleFolders.path(folder));
    }

    private static List<Case> cases(Path folder) {
        try (Stream<String> lines = Files.lines(folder.resolve("cases.jsonl"))) {
            return lines.map(OracleParityTest::parse)
                    .map(json -> new Case(OracleInputs.of(json), json))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
