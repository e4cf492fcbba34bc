package dev.taxon.core.prompt;

import dev.taxon.core.CandidateLabel;
import dev.taxon.core.CandidateLabels;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.InputException;
import dev.taxon.core.InputException.Reason;
import dev.taxon.core.OnLong;
import dev.taxon.core.prompt.Windows.Window;
import java.util.List;
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
            int characters = label.described().length();
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

    /** Whether all of a text's tokens are wanted, of which otherwise those that fit and one more are enough. */
    static boolean wantsWhole(ClassificationInput input) {
        // A refusal gives the number of all tokens.
        return input.onLong() != OnLong.TRUNCATE;
    }

    /** A text of control characters alone is not blank to Java, but has no tokens. */
    static void requireTokens(TokenIds text) {
        if (text.length() == 0) {
            throw blankText();
        }
    }

    /**
     * The parts of a text that are read: all of it in windows, or as much as fits.
     *
     * @param tokens tokens of the text, or more of them than fit
     * @param room tokens there are for it, at least one
     */
    static List<Window> windows(ClassificationInput input, int tokens, int room, int limit) {
        if (tokens > room && input.onLong() == OnLong.ERROR) {
            throw new InputException(
                    Reason.TEXT_TOO_LONG,
                    "text",
                    "text takes %d tokens, but only %d of %d are left for it; shorten it, or set on_long to truncate or chunk."
                            .formatted(tokens, room, limit));
        }
        return input.onLong() == OnLong.CHUNK
                ? Windows.of(tokens, room)
                : List.of(new Window(0, Math.min(tokens, room)));
    }

    private static InputException blankText() {
        return new InputException(Reason.INVALID, "text", "text is empty or blank; give a text to classify.");
    }
}
