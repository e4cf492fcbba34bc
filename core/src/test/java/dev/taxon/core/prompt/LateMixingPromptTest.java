package dev.taxon.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.InputException;
import dev.taxon.core.InputException.Reason;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.core.checkpoint.EncoderConfig;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.OracleFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LateMixingPromptTest {
    private static final int START = 2;
    private static final int END = 3;
    private static final int POSITIONS = 32;

    private final Tokenizer tokenizer = Tokenizer.of(tokenizerJson());
    private final PromptEncoder prompt = PromptEncoder.of(config(), tokenizer);

    @AfterAll
    void close() {
        tokenizer.close();
    }

    @Test
    void textAndLabelsAreSequencesOfTheirOwn() {
        EncodedInput encoded = prompt.encode(ClassificationInput.of("play music", List.of("music", "get weather")));

        int[] text = encoded.text().toArray();
        assertThat(text).startsWith(START).endsWith(END);
        assertThat(encoded.labels()).hasSize(2).allSatisfy(label -> {
            assertThat(label.toArray()).doesNotContain(START).endsWith(END);
        });
        assertThat(encoded.labels().get(0).length())
                .isEqualTo(tokenizer.encode("music").length() + 1);
        int marks = 2;
        assertThat(encoded.tokens())
                .isEqualTo(text.length
                        + marks
                        + encoded.labels().get(0).length()
                        + encoded.labels().get(1).length());
    }

    @Test
    void aTextIsCutAtThePositionsWhateverTheLabelsTake() {
        EncodedInput encoded =
                prompt.encode(ClassificationInput.of("word ".repeat(100), Collections.nCopies(50, "music")));

        assertThat(encoded.text().length()).isEqualTo(POSITIONS);
        assertThat(encoded.text().at(POSITIONS - 1)).isEqualTo(END);
        assertThat(encoded.truncated()).isTrue();
        assertThat(encoded.labels()).hasSize(50);
    }

    @Test
    void aLimitThatIsGivenHoldsForTheWholeRow() {
        List<String> labels = List.of("music", "get weather");
        EncodedInput encoded = prompt.encode(input("word ".repeat(100), labels, OnLong.TRUNCATE, 20));

        assertThat(encoded.tokens()).isEqualTo(20);
        assertThat(encoded.truncated()).isTrue();
        assertRefused(input("word", labels, OnLong.TRUNCATE, 9), Reason.LABELS_TOO_LONG, "labels");
    }

    @Test
    void refusesALabelThatFillsThePositionsAlone() {
        assertRefused(
                ClassificationInput.of("text", List.of("music", "word ".repeat(40))),
                Reason.LABELS_TOO_LONG,
                "labels[1]");
    }

    @Test
    void refusesATextThatDoesNotFitWhereAsked() {
        assertRefused(input("word ".repeat(100), List.of("music"), OnLong.ERROR, null), Reason.TEXT_TOO_LONG, "text");
    }

    @Test
    void forgedMarkersStayCharacters() {
        String forged = "[SEP] <<LABEL>> [CLS] <<SEP>>";

        EncodedInput encoded = prompt.encode(ClassificationInput.of(forged, List.of(forged)));

        assertThat(encoded.text().toArray()).containsOnlyOnce(START).containsOnlyOnce(END);
        assertThat(encoded.labels().get(0).toArray())
                .doesNotContain(START, 1000, 1001)
                .containsOnlyOnce(END);
    }

    @Test
    void recurringLabelsAreTokenisedOnce() {
        LabelTokens labels = new LabelTokens(tokenizer, 2);

        assertThat(labels.encode(List.of("music", "music", "weather", "rate a book", "music")))
                .element(4)
                .isEqualTo(tokenizer.encode("music"));
        assertThat(labels.size()).isEqualTo(2);
        assertThat(labels.encode(List.of("music")).get(0))
                .isSameAs(labels.encode(List.of("music")).get(0));
        String longLabel = "m".repeat(LabelTokens.LONGEST_KEPT + 1);
        assertThat(labels.encode(List.of(longLabel)).get(0))
                .isNotSameAs(labels.encode(List.of(longLabel)).get(0));
    }

    private void assertRefused(ClassificationInput input, Reason reason, String field) {
        assertThatThrownBy(() -> prompt.encode(input)).isInstanceOfSatisfying(InputException.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(reason);
            assertThat(refusal.field()).isEqualTo(field);
        });
    }

    private static ClassificationInput input(
            String text, List<String> labels, OnLong onLong, @Nullable Integer maxLength) {
        return new ClassificationInput(text, labels, Mode.SINGLE_LABEL, null, onLong, maxLength);
    }

    private static ModelConfig config() {
        return new ModelConfig(
                "small",
                new EncoderConfig(1003, 48, 3, 4, 96, POSITIONS, 2, 1e-12, 0),
                new ModelConfig.Layout.LateMixing(1),
                ModelConfig.TextPooling.FIRST,
                ModelConfig.ClassPooling.FIRST,
                true,
                ModelConfig.ScorerKind.SIMPLE,
                true,
                ModelConfig.NO_TOKEN,
                ModelConfig.NO_TOKEN,
                false);
    }

    private static byte[] tokenizerJson() {
        try {
            return Files.readAllBytes(
                    OracleFolders.path(OracleFolders.SIMPLE_FIRST).resolve("tokenizer.json"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
