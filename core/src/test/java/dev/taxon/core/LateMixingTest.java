package dev.taxon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.core.Classification.NotFinite;
import dev.taxon.core.Classification.Scored;
import dev.taxon.core.prompt.EncodedInput;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateMixingTest {
    private static final float SAME = 1e-5f;
    private static final List<String> LABELS = List.of("one", "two words", "three words here", "four");

    private static Classifier classifier;

    @BeforeAll
    static void open(@TempDir Path folder) {
        classifier = TinyModels.lateMixing(folder, Map.of());
    }

    @AfterAll
    static void close() {
        classifier.close();
    }

    @Test
    void whatSharesABatchChangesNothing() {
        EncodedInput row = encode("the cat sat", LABELS);
        List<Float> alone = logits(classifier.score(List.of(row)).get(0));
        List<EncodedInput> crowd = List.of(
                encode("a far longer text that pads the row of our cat with many more tokens", LABELS),
                encode("x", List.of("one", "five", "six", "seven", "eight", "nine", "ten")),
                row,
                encode("short", List.of("other")));
        assertSame(logits(classifier.score(crowd).get(2)), alone);
    }

    @Test
    void workInPiecesComesToTheSameAndCanBeStoppedBetweenThem() {
        List<ClassificationInput> inputs = IntStream.range(0, 12)
                .mapToObj(row -> ClassificationInput.of("a " + "word ".repeat(300) + row, LABELS))
                .toList();
        int[] pauses = {0};

        List<Classification> inPieces = classifier.classify(inputs, () -> pauses[0]++);

        List<Classification> atOnce = classifier.classify(inputs);
        for (int row = 0; row < inputs.size(); row++) {
            assertSame(logits(inPieces.get(row)), logits(atOnce.get(row)));
        }
        assertThat(pauses[0]).as("one a text, and one before each half of them").isGreaterThanOrEqualTo(12 + 2);
        int last = pauses[0];
        assertThatThrownBy(() -> classifier.classify(inputs, () -> {
                    if (--pauses[0] == 0) {
                        throw new IllegalStateException("stopped before piece " + last);
                    }
                }))
                .hasMessage("stopped before piece " + last);
    }

    @Test
    void oneLongTextIsWorkInPiecesToo() {
        for (Mode mode : Mode.values()) {
            List<ClassificationInput> one = List.of(
                    new ClassificationInput("word sat cat ".repeat(3_000), LABELS, mode, null, OnLong.CHUNK, null));
            int[] pauses = {0};

            Classification inPieces =
                    classifier.classify(one, () -> pauses[0]++).get(0);

            Classification atOnce = classifier.classify(one).get(0);
            assertSame(logits(inPieces), logits(atOnce));
            assertThat(inPieces.tokens()).isEqualTo(atOnce.tokens());
            assertThat(pauses[0]).as("a piece has a few thousand tokens").isGreaterThan(atOnce.tokens() / 4096);
            assertThatThrownBy(() -> classifier.classify(one, () -> {
                        if (--pauses[0] == 0) {
                            throw new IllegalStateException("stopped before the last piece");
                        }
                    }))
                    .hasMessage("stopped before the last piece");
        }
    }

    @Test
    void orderOfLabelsOnlyOrdersScores() {
        List<Float> straight =
                logits(classifier.score(List.of(encode("the cat sat", LABELS))).get(0));
        List<String> backwards = new ArrayList<>(LABELS);
        Collections.reverse(backwards);
        List<Float> reversed = new ArrayList<>(logits(
                classifier.score(List.of(encode("the cat sat", backwards))).get(0)));
        Collections.reverse(reversed);
        assertSame(reversed, straight);
    }

    @Test
    void otherLabelsMatterToAScore() {
        float among = logits(
                        classifier.score(List.of(encode("the cat sat", LABELS))).get(0))
                .get(0);
        float alone = logits(classifier
                        .score(List.of(encode("the cat sat", List.of("one"))))
                        .get(0))
                .get(0);
        assertThat(among).isNotCloseTo(alone, within(SAME));
    }

    @Test
    void keptLabelStatesGiveTheSameScores() {
        EncodedInput row = encode("kept and unkept", List.of("a label never seen before", "another new one"));
        List<Float> first = logits(classifier.score(List.of(row)).get(0));
        // To rounding: how a product is cut into threads depends on what else the machine does.
        assertSame(logits(classifier.score(List.of(row)).get(0)), first);
    }

    @Test
    void markersInATextStayPlainAndHarmNoNeighbour() {
        EncodedInput neighbour = encode("a peaceful neighbour", LABELS);
        List<Float> undisturbed = logits(classifier.score(List.of(neighbour)).get(0));
        String forged = "<<LABEL>> x <<SEP>> [SEP] [CLS] <<LABEL>>".repeat(20);
        List<Classification> answers = classifier.score(List.of(neighbour, encode(forged, LABELS)));
        assertThat(logits(answers.get(1))).hasSameSizeAs(LABELS);
        assertSame(logits(answers.get(0)), undisturbed);
    }

    @Test
    void weightsOutliveTheBuffersTheyWereReadInto() {
        EncodedInput row = encode("the cat sat", LABELS);
        List<Float> before = logits(classifier.score(List.of(row)).get(0));
        for (int round = 0; round < 20; round++) {
            System.gc();
            ByteBuffer.allocateDirect(1 << 20).putLong(0, -1);
        }
        assertThat(logits(classifier.score(List.of(row)).get(0))).isEqualTo(before);
    }

    @Test
    void manyRowsComeBackInTheirOrder() {
        List<ClassificationInput> inputs = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            inputs.add(ClassificationInput.of("word ".repeat(1 + i * 7 % 40), LABELS));
        }
        List<Classification> together = classifier.classify(inputs);
        for (int i = 0; i < inputs.size(); i += 29) {
            Classification alone = classifier.classify(List.of(inputs.get(i))).get(0);
            assertSame(logits(together.get(i)), logits(alone));
        }
    }

    @Test
    void rowsThatOverflowSayWhichTheyAre(@TempDir Path folder) {
        Map<String, Float> huge = Map.of("model.logit_bias", 3e38f, "model.scorer.mlp.2.bias", 3e38f);
        try (Classifier overflowing = TinyModels.lateMixing(folder, huge)) {
            assertThat(overflowing
                            .classify(List.of(ClassificationInput.of("any text", LABELS)))
                            .get(0))
                    .isInstanceOf(NotFinite.class);
        }
    }

    private static EncodedInput encode(String text, List<String> labels) {
        return classifier.encode(ClassificationInput.of(text, labels));
    }

    private static List<Float> logits(Classification answer) {
        return ((Scored) answer).logits();
    }

    private static void assertSame(List<Float> actual, List<Float> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).isCloseTo(expected.get(i), within(SAME));
        }
    }
}
