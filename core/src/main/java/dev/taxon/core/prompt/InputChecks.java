package dev.taxon.core.prompt;

import dev.taxon.core.CandidateLabel;
import dev.taxon.core.CandidateLabels;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.InputException;
import dev.taxon.core.InputException.Reason;
import dev.taxon.core.OnLong;
import org.jspecify.annotations.Nullable;

/** What an input must be whatever the layout; messages never quote it. */
final class InputChecks {
    /** Far beyond any name of a class, and little enough to be tokenised at once. */
    static final int LONGEST_LABEL = 4_096;

    private InputChecks() {}

    static void check(ClassificationInput input) {
        if (input.text().isBlank()) {
            throw blankText();
        }
        if (input.labels().isEmpty()) {
            throw new InputException(Reason.INVALID, "labels", "labels is empty; give at least one label.");
        }
        Integer maximum = input.maxLength();
        if (maximum != null && maximum < 1) {
            throw new InputException(
                    Reason.INVALID, "max_length", "max_length is %d; it must be at least 1.".formatted(maximum));
        }
        checkThreshold("threshold", input.threshold());
        checkLabels(input.candidates());
    }

    private static void checkLabels(CandidateLabels labels) {
        for (int position = 0; position < labels.size(); position++) {
            String place = "labels[" + position + "]";
            CandidateLabel label = labels.get(position);
            int characters = label.name().length();
            if (characters > LONGEST_LABEL) {
                throw new InputException(
                        Reason.LABELS_TOO_LONG,
                        place,
                        "%s takes %d characters, but a label may take %d; shorten it."
                                .formatted(place, characters, LONGEST_LABEL));
            }
            checkThreshold(place + ".threshold", label.threshold());
        }
    }

    private static void checkThreshold(String place, @Nullable Double threshold) {
        if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
            throw new InputException(
                    Reason.INVALID, place, "%s is %s; it must be from 0 to 1.".formatted(place, threshold));
        }
    }

    /**
     * The tokens of the text, as far as they are needed. One of control characters alone is not blank to Java, but has
     * none.
     */
    static TokenIds text(ClassificationInput input, Tokenizer tokenizer, int room) {
        // A refusal gives the number of all tokens; a cut needs those that are kept and to know that there are more.
        TokenIds text = input.onLong() == OnLong.ERROR
                ? tokenizer.encode(input.text())
                : tokenizer.encodeBeginning(input.text(), room);
        if (text.length() == 0) {
            throw blankText();
        }
        return text;
    }

    /**
     * How many tokens of the text to keep.
     *
     * @param room tokens there are for it, at least one
     */
    static int keep(ClassificationInput input, int textTokens, int room, int limit) {
        if (textTokens > room && input.onLong() == OnLong.ERROR) {
            throw new InputException(
                    Reason.TEXT_TOO_LONG,
                    "text",
                    "text takes %d tokens, but only %d of %d are left for it; shorten it, or set on_long to truncate."
                            .formatted(textTokens, room, limit));
        }
        return Math.min(textTokens, room);
    }

    private static InputException blankText() {
        return new InputException(Reason.INVALID, "text", "text is empty or blank; give a text to classify.");
    }
}
