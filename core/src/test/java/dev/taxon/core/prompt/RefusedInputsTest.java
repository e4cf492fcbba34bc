package dev.taxon.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.CandidateLabel;
import dev.taxon.core.CandidateLabels;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.InputException;
import dev.taxon.core.InputException.Reason;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.core.TaskContext;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.OracleFolders;
import dev.taxon.core.checkpoint.TinyCheckpoints;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before anything is computed, with the field that is to blame and never with its words. */
class RefusedInputsTest extends JointPromptFixture {
    @Test
    void refusesATextThatDoesNotFitWhereAsked() {
        PromptEncoder prompt = prompt(OracleFolders.SIMPLE_FIRST);

        assertRefused(
                prompt, input("word ".repeat(600), LABELS, OnLong.ERROR, null), Reason.TEXT_TOO_LONG, "text", "of 512");
    }

    @Test
    void refusesLabelsThatAloneDoNotFit() {
        PromptEncoder prompt = prompt(OracleFolders.SIMPLE_FIRST);
        List<String> many = Collections.nCopies(300, "sports");

        assertRefused(
                prompt, input("text", many, OnLong.TRUNCATE, 512), Reason.LABELS_TOO_LONG, "labels", "300 labels take");
    }

    @Test
    void refusesAPromptThatLeavesNoRoom() {
        PromptEncoder prompt = prompt(OracleFolders.SIMPLE_FIRST);
        assertRefused(
                prompt,
                input("text", LABELS, OnLong.TRUNCATE, null).withContext(TaskContext.ofPrompt("word ".repeat(600))),
                Reason.LABELS_TOO_LONG,
                "prompt",
                "shorten them");
    }

    @Test
    void labelsMustLeaveRoomForOneTokenOfText() {
        PromptEncoder prompt = prompt(OracleFolders.SIMPLE_FIRST);
        int labelsAlone =
                prompt.encode(input("a", LABELS, OnLong.TRUNCATE, null)).tokens() - 1;

        assertRefused(
                prompt, input("a", LABELS, OnLong.TRUNCATE, labelsAlone), Reason.LABELS_TOO_LONG, "labels", "none of");
        assertThat(prompt.encode(input("a b", LABELS, OnLong.TRUNCATE, labelsAlone + 1))
                        .tokens())
                .isEqualTo(labelsAlone + 1);
    }

    @Test
    void refusesInputsWithoutTextOrLabels() {
        PromptEncoder prompt = prompt(OracleFolders.SIMPLE_FIRST);

        assertRefused(prompt, ClassificationInput.of("", LABELS), Reason.INVALID, "text", "blank");
        assertRefused(prompt, ClassificationInput.of(" \n\t", LABELS), Reason.INVALID, "text", "blank");
        assertRefused(prompt, ClassificationInput.of("\0\0", LABELS), Reason.INVALID, "text", "blank");
        assertRefused(prompt, ClassificationInput.of("text", List.of()), Reason.INVALID, "labels", "empty");
        assertRefused(prompt, ClassificationInput.of("text", List.of("a", " ")), Reason.INVALID, "labels[1]", "blank");
        assertRefused(prompt, ClassificationInput.of("text", List.of("\0")), Reason.INVALID, "labels[0]", "blank");
    }

    @Test
    void refusesLimitsAndThresholdsOutOfRange() {
        PromptEncoder prompt = prompt(OracleFolders.SIMPLE_FIRST);

        assertRefused(prompt, input("text", LABELS, OnLong.TRUNCATE, 0), Reason.INVALID, "max_length", "at least 1");
        for (double threshold : new double[] {-0.1, 1.1, Double.NaN}) {
            ClassificationInput input =
                    new ClassificationInput("text", LABELS, Mode.MULTI_LABEL, threshold, OnLong.TRUNCATE, null);
            assertRefused(prompt, input, Reason.INVALID, "threshold", "from 0 to 1");
        }
    }

    @Test
    void refusesThresholdsOfLabelsOutOfRange() {
        PromptEncoder prompt = prompt(OracleFolders.SIMPLE_FIRST);
        CandidateLabels labels =
                CandidateLabels.of(List.of(new CandidateLabel("a", 1.0), new CandidateLabel("b", Double.NaN)));

        assertRefused(
                prompt,
                new ClassificationInput("text", labels, Mode.MULTI_LABEL, null, OnLong.TRUNCATE, null),
                Reason.INVALID,
                "labels[1].threshold",
                "from 0 to 1");
    }

    @Test
    void refusesAnEndlessLabel() {
        assertRefused(
                prompt(OracleFolders.SIMPLE_FIRST),
                ClassificationInput.of("text", List.of("x".repeat(5_000))),
                Reason.LABELS_TOO_LONG,
                "labels[0]",
                "takes 5000 characters, but a label may take 4096");
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000", "17, 1001", "1000, 17", "2, 1001", "1000, 3", "1, 1001", "1000, -1"})
    void refusesMarkersThatTextsCouldSpell(int classToken, int textToken) {
        Tokenizer tokenizer = closedAfterwards(TokenizerTest.tokenizer());

        assertThatThrownBy(() -> PromptEncoder.of(
                        TinyCheckpoints.joint(TinyCheckpoints.encoder(512), classToken, textToken, true), tokenizer))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("_token_index");
    }

    @Test
    void neverQuotesTheText() {
        PromptEncoder prompt = prompt(OracleFolders.SIMPLE_FIRST);
        EncodedInput encoded = prompt.encode(ClassificationInput.of("confidential", List.of("confidential")));
        assertThat(encoded.toString()
                        + encoded.input()
                        + encoded.input().candidates()
                        + encoded.rows().get(0).text())
                .doesNotContain("confidential");
        String secret = "confidential ".repeat(600);

        assertThatThrownBy(() -> prompt.encode(input(secret, LABELS, OnLong.ERROR, null)))
                .hasMessageNotContaining("confidential");
        assertThatThrownBy(() -> prompt.encode(ClassificationInput.of("text", List.of(secret))))
                .isInstanceOf(InputException.class)
                .hasMessageNotContaining("confidential");
    }

    private static void assertRefused(
            PromptEncoder prompt, ClassificationInput input, Reason reason, String field, String message) {
        assertThatThrownBy(() -> prompt.encode(input))
                .isInstanceOfSatisfying(InputException.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(reason);
                    assertThat(refusal.field()).isEqualTo(field);
                })
                .hasMessageContaining(message);
    }
}
