package dev.taxon.serving.feedback;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Feedback;
import dev.taxon.sdk.wire.Verdict;
import dev.taxon.serving.capture.CapturedAnswer;
import dev.taxon.serving.http.ProblemException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts feedback and what was kept of the answer together. */
final class Judge {
    private Judge() {}

    /** Of an answer that was kept, with its text or without. */
    static JudgedAnswer of(Feedback feedback, CapturedAnswer answer) {
        String text = answer.text() == null ? feedback.text() : answer.text();
        if (text == null) {
            throw FeedbackReader.invalid("text", "The text of this result was not kept. Send it along.");
        }
        return new JudgedAnswer(
                feedback.requestId(),
                feedback.index(),
                feedback.verdict(),
                text,
                right(feedback, answer),
                answer.predicted(),
                answer.offered(),
                answer.adapter(),
                answer.version());
    }

    private static List<String> right(Feedback feedback, CapturedAnswer answer) {
        List<String> given = feedback.labels();
        return switch (feedback.verdict()) {
            case ACCEPTED -> accepted(given, answer.predicted());
            case REJECTED -> rejected(given);
            case CORRECTED -> corrected(given, answer.offered());
        };
    }

    private static List<String> accepted(@Nullable List<String> given, List<String> predicted) {
        if (given != null && !Set.copyOf(given).equals(Set.copyOf(predicted))) {
            throw FeedbackReader.invalid(
                    "labels",
                    "The labels are others than those answered. Call the answer corrected, or leave them out.");
        }
        return predicted;
    }

    private static List<String> rejected(@Nullable List<String> given) {
        if (given != null) {
            throw FeedbackReader.invalid(
                    "labels", "A rejected answer has no labels. Call it corrected where the right ones are known.");
        }
        return List.of();
    }

    private static List<String> corrected(@Nullable List<String> given, List<String> offered) {
        List<String> labels = required(given);
        for (int i = 0; i < labels.size(); i++) {
            if (!offered.contains(labels.get(i))) {
                throw FeedbackReader.invalid("labels[" + i + "]", "The label is none of those that were offered.");
            }
        }
        return labels;
    }

    private static List<String> required(@Nullable List<String> labels) {
        if (labels == null) {
            throw FeedbackReader.invalid(
                    "labels", "A corrected answer needs its right labels; an empty list for none.");
        }
        return labels;
    }

    /** Of an answer of which nothing was kept: a text with its right labels, which is as good as any labelled row. */
    static JudgedAnswer ofUnknown(Feedback feedback) {
        String text = feedback.text();
        List<String> labels = feedback.labels();
        if (text == null || labels == null || feedback.verdict() == Verdict.REJECTED) {
            throw new ProblemException(
                    ErrorCode.NOT_FOUND,
                    "Nothing was kept of this result: answers are kept from when feedback or capture was turned on, and for"
                            + " the days of retention. Send an accepted or corrected one with its text and its right labels.");
        }
        return new JudgedAnswer(
                feedback.requestId(),
                feedback.index(),
                feedback.verdict(),
                text,
                labels,
                feedback.verdict() == Verdict.ACCEPTED ? labels : List.of(),
                List.of(),
                null,
                null);
    }
}
