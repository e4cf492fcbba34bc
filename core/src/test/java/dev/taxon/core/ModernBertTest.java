package dev.taxon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.core.Classification.Scored;
import dev.taxon.core.checkpoint.OracleFolders;
import dev.taxon.core.prompt.EncodedInput;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows on every side of the window, alone and among strangers; that they are right is for {@link OracleParityTest}. */
class ModernBertTest {
    /** Words of texts: one token a word or more, so that rows end before, at and behind the bounds of blocks. */
    private static final int[] WORDS = {1, 12, 30, 31, 32, 33, 60, 90, 120, 150};

    private static final List<String> LABELS = List.of("sports", "business", "play music");

    @ParameterizedTest
    @ValueSource(
            strings = {OracleFolders.MODERN_BERT, OracleFolders.MODERN_BERT_BIASES, OracleFolders.MODERN_BERT_OLDER_KEYS
            })
    void aRowsLogitsDoNotDependOnItsNeighbours(String folder) {
        try (Classifier classifier = TinyModels.oracle(folder)) {
            List<EncodedInput> rows = rows(classifier);
            List<Classification> together = classifier.score(rows);
            for (int row = 0; row < rows.size(); row++) {
                Classification alone = classifier.score(List.of(rows.get(row))).get(0);
                assertSame(logits(together.get(row)), logits(alone));
            }
        }
    }

    /** Several rows of most lengths, with other words and labels. */
    private static List<EncodedInput> rows(Classifier classifier) {
        List<EncodedInput> rows = new ArrayList<>();
        for (int words : WORDS) {
            for (int labels = 1; labels <= LABELS.size(); labels++) {
                rows.add(classifier.encode(new ClassificationInput(
                        text(words, labels),
                        LABELS.subList(0, labels),
                        Mode.MULTI_LABEL,
                        null,
                        OnLong.TRUNCATE,
                        1024)));
            }
        }
        return rows;
    }

    private static String text(int words, int seed) {
        return IntStream.range(0, words)
                .mapToObj(word -> "river" + (word * 7 + seed) % 5)
                .collect(Collectors.joining(" "));
    }

    private static List<Float> logits(Classification classification) {
        return ((Scored) classification).logits();
    }

    private static void assertSame(List<Float> actual, List<Float> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int label = 0; label < expected.size(); label++) {
            assertThat(actual.get(label)).isCloseTo(expected.get(label), within(1e-5f));
        }
    }
}
