package dev.taxon.serving.feedback;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Feedback;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.config.LimitSettings;
import dev.taxon.serving.http.ProblemException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Validates feedback by itself, before anything is known of the answer; every refusal names its place and quotes nothing. */
final class FeedbackReader {
    private final LimitSettings limits;

    FeedbackReader(LimitSettings limits) {
        this.limits = limits;
    }

    void check(Feedback feedback) {
        if (feedback.index() < 0) {
            throw invalid("index", "The index is the result's place in the answer, from 0.");
        }
        if (feedback.text() != null) {
            checkText(feedback.text());
        }
        checkLabels(feedback);
    }

    private void checkText(String text) {
        checkCharacters("text", text);
        if (text.isBlank() || text.codePointCount(0, text.length()) > limits.textCharacters()) {
            throw invalid("text", "A text has 1 to " + limits.textCharacters() + " characters and is not blank.");
        }
    }

    private void checkLabels(Feedback feedback) {
        List<String> labels = feedback.labels();
        if (labels == null) {
            return;
        }
        if (labels.size() > limits.labels()) {
            throw invalid("labels", "There are more than " + limits.labels() + " labels.");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < labels.size(); i++) {
            String at = "labels[" + i + "]";
            checkCharacters(at, labels.get(i));
            if (labels.get(i).isBlank() || !seen.add(labels.get(i))) {
                throw invalid(at, "A label is blank, or stands in the list before.");
            }
        }
    }

    private static void checkCharacters(String at, String value) {
        boolean plain = value.codePoints()
                .noneMatch(point -> point == 0 || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
        if (!plain) {
            throw invalid(at, "NUL characters and halves of surrogate pairs are no text. Send well-formed Unicode.");
        }
    }

    static ProblemException invalid(String at, String detail) {
        return new ProblemException(
                Problem.of(ErrorCode.INVALID_REQUEST, detail).withAt(at));
    }
}
