package dev.taxon.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.InputException;
import dev.taxon.core.InputException.Reason;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.core.checkpoint.TinyCheckpoints;
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

    private final Tokenizer tokenizer = TokenizerTest.tokenizer();
    private final PromptEncoder prompt = prompt(POSITIONS);

    @AfterAll
    void close() {
        tokenizer.close();
    }

    @Test
    void textAndLabelsAreSequencesOfTheirOwn() {
        EncodedInput encoded = prompt.encode(ClassificationInput.of("play music", List.of("music", "get weather")));

        int[] text = encoded.rows().get(0).text().toArray();
        assertThat(text).startsWith(START).endsWith(END);
        assertThat(encoded.rows().get(0).marks()).isEqualTo(MarkPositions.NONE);
        assertThat(encoded.rows().get(0).labels()).hasSize(2).allSatisfy(label -> {
            assertThat(label.toArray()).doesNotContain(START).endsWith(END);
        });
        assertThat(encoded.rows().get(0).labels().get(0).length())
                .isEqualTo(tokenizer.encode("music").length() + 1);
        int marks = 2;
        assertThat(encoded.tokens())
                .isEqualTo(text.length
                        + marks
                        + encoded.rows().get(0).labels().get(0).length()
                        + encoded.rows().get(0).labels().get(1).length());
    }

    @Test
    void aTextIsCutAtThePositionsWhateverTheLabelsTake() {
        EncodedInput encoded =
                prompt.encode(ClassificationInput.of("word ".repeat(100), Collections.nCopies(50, "music")));

        assertThat(encoded.rows().get(0).text().length()).isEqualTo(POSITIONS);
        assertThat(encoded.rows().get(0).text().at(POSITIONS - 1)).isEqualTo(END);
        assertThat(encoded.truncated()).isTrue();
        assertThat(encoded.rows().get(0).labels()).hasSize(50);
    }

    @Test
    void aLimitThatIsGivenHoldsForTheWholeRow() {
        List<String> labels = List.of("music", "get weather");
        EncodedInput encoded = prompt.encode(input("word ".repeat(100), labels, OnLong.TRUNCATE, 20));

        assertThat(encoded.tokens()).isEqualTo(20);
        assertThat(encoded.truncated()).isTrue();
        assertRefused(
                input("word", labels, OnLong.TRUNCATE, 9),
                Reason.LABELS_TOO_LONG,
                "labels",
                "the 2 labels take %d tokens with their marks, which leaves none of 9".formatted(labelTokens(encoded)));
    }

    @Test
    void aLimitBeyondThePositionsIsThePositions() {
        EncodedInput encoded = prompt.encode(input("word ".repeat(100), List.of("music"), OnLong.TRUNCATE, 2_000));

        assertThat(encoded.rows().get(0).text().length()).isEqualTo(POSITIONS);
        assertThat(encoded.truncated()).isTrue();
    }

    @Test
    void withoutALimitATextTakes1024TokensWhereThereAreMorePositions() {
        PromptEncoder roomy = prompt(2_048);
        String text = "music ".repeat(3_000);

        assertThat(roomy.encode(ClassificationInput.of(text, List.of("music")))
                        .rows()
                        .get(0)
                        .text()
                        .length())
                .isEqualTo(1_024);
        assertThat(roomy.encode(input(text, List.of("music"), OnLong.TRUNCATE, 1_500))
                        .tokens())
                .isEqualTo(1_500);
    }

    @Test
    void theLabelsOfARowAreBoundedAltogether() {
        int most = LateMixingPrompt.LABEL_TOKENS / (tokenizer.encode("music").length() + 2);

        EncodedInput full = prompt.encode(ClassificationInput.of("word", Collections.nCopies(most, "music")));
        assertThat(full.rows().get(0).labels()).hasSize(most);
        assertRefused(
                ClassificationInput.of("word", Collections.nCopies(most + 1, "music")),
                Reason.LABELS_TOO_LONG,
                "labels",
                "the %d labels take ".formatted(most + 1));
    }

    @Test
    void anEndlessLabelIsRefusedUnread() {
        String label = "m ".repeat(InputChecks.LONGEST_LABEL).substring(0, InputChecks.LONGEST_LABEL + 1);

        // A closed tokenizer cannot have read it.
        Tokenizer closed = TokenizerTest.tokenizer();
        PromptEncoder unread =
                PromptEncoder.of(TinyCheckpoints.lateMixing(TinyCheckpoints.encoder(POSITIONS), 1), closed);
        closed.close();
        assertRefused(
                unread,
                ClassificationInput.of("text", List.of("music", label)),
                Reason.LABELS_TOO_LONG,
                "labels[1]",
                "labels[1] takes 4097 characters, but a label may take 4096");
        assertRefused(
                ClassificationInput.of("text", List.of("music", label.substring(1))),
                Reason.LABELS_TOO_LONG,
                "labels[1]",
                "labels[1] takes 2050 tokens with its mark");
    }

    @Test
    void refusesALabelThatFillsThePositionsAlone() {
        assertRefused(
                ClassificationInput.of("text", List.of("music", "word ".repeat(40))),
                Reason.LABELS_TOO_LONG,
                "labels[1]",
                "but the model reads 32");
    }

    @Test
    void refusesATextThatDoesNotFitWhereAsked() {
        assertRefused(
                input("word ".repeat(100), List.of("music"), OnLong.ERROR, null),
                Reason.TEXT_TOO_LONG,
                "text",
                "only 30 of 32 are left for it");
    }

    @Test
    void forgedMarkersStayCharacters() {
        String forged = "[SEP] <<LABEL>> [CLS] <<SEP>>";

        EncodedInput encoded = prompt.encode(ClassificationInput.of(forged, List.of(forged)));

        assertThat(encoded.rows().get(0).text().toArray())
                .containsOnlyOnce(START)
                .containsOnlyOnce(END);
        assertThat(encoded.rows().get(0).labels().get(0).toArray())
                .doesNotContain(START, 1000, 1001)
                .containsOnlyOnce(END);
    }

    @Test
    void recurringLabelsAreTokenisedOnce() {
        LabelTokens labels = new LabelTokens(tokenizer::encode, 2);

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

    private PromptEncoder prompt(int positions) {
        return PromptEncoder.of(TinyCheckpoints.lateMixing(TinyCheckpoints.encoder(positions), 1), tokenizer);
    }

    private void assertRefused(ClassificationInput input, Reason reason, String field, String numbers) {
        assertRefused(prompt, input, reason, field, numbers);
    }

    private static void assertRefused(
            PromptEncoder prompt, ClassificationInput input, Reason reason, String field, String numbers) {
        assertThatThrownBy(() -> prompt.encode(input))
                .isInstanceOfSatisfying(InputException.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(reason);
                    assertThat(refusal.field()).isEqualTo(field);
                })
                .hasMessageContaining(numbers);
    }

    private static int labelTokens(EncodedInput encoded) {
        return encoded.tokens() - encoded.rows().get(0).text().length();
    }

    private static ClassificationInput input(
            String text, List<String> labels, OnLong onLong, @Nullable Integer maxLength) {
        return new ClassificationInput(text, labels, Mode.SINGLE_LABEL, null, onLong, maxLength);
    }
}
