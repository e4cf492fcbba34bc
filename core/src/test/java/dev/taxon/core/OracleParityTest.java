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
import org.junit.jupiter.params.provider.CsvSource;
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

    /**
     * How far rounding moves a logit, over its row's largest: about half as much again as was measured. Two models whose
     * random weights make of the smallest change a large one are left out; bf16 in PyTorch is as far off with them.
     */
    @ParameterizedTest
    @CsvSource({
        "bert-simple-first, 0.02, 0.04",
        "bert-cross-attn-pass, 0.02, 0.03",
        "bert-mlp-avg-text-first, 0.06, 0.09",
        "deberta-mlp-first, 0.03, 0.04",
        "deberta-segments, 0.05, 0.13",
        "deberta-weighted-span-average, 0.06, 0.25",
        "modernbert-hopfield-normalized, 0.06, 0.1",
        "modernbert-mlp-first, 0.17, 0.22"
    })
    void narrowTypesAreNearTheReference(String folder, double bf16, double int8) {
        assertNear(folder, Precision.BF16, bf16);
        assertNear(folder, Precision.INT8, int8);
    }

    private static void assertNear(String folder, Precision precision, double tolerance) {
        try (Classifier classifier = TinyModels.oracle(folder, precision)) {
            List<Case> all = cases(folder);
            List<Classification> answers =
                    scored(classifier, all.stream().map(Case::input).toList());
            for (int i = 0; i < all.size(); i++) {
                assertNear(logits(all.get(i)), ((Scored) answers.get(i)).logits(), tolerance);
            }
        }
    }

    private static void assertNear(List<Double> expected, List<Float> found, double tolerance) {
        double magnitude = expected.stream().mapToDouble(Math::abs).reduce(0, Math::max);
        for (int i = 0; i < expected.size(); i++) {
            assertThat((double) found.get(i)).isCloseTo(expected.get(i), within(tolerance * magnitude));
        }
    }

    private static List<Double> logits(Case one) {
        List<Double> logits = new ArrayList<>();
        one.json().get("logits").forEach(logit -> logits.add(logit.asDouble()));
        return logits;
    }

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16", "INT8"})
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
        List<Double> expected = logits(one);
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
