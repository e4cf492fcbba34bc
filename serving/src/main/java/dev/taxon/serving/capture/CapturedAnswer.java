package dev.taxon.serving.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One result of a request.
 *
 * @param requestId the request's id
 * @param index the result's place in the answer, from 0
 * @param text the text; null where it was not kept
 * @param offered the labels that it was chosen from
 * @param predicted the labels that were answered
 * @param adapter the name of the adapter that answered; null for none
 * @param version the adapter's version
 */
public record CapturedAnswer(
        String requestId,
        int index,
        @Nullable String text,
        List<String> offered,
        List<String> predicted,
        @Nullable String adapter,
        @Nullable Integer version) {
    /** What an answer takes in memory beside its words, roughly. */
    private static final int CHARACTERS_BESIDE_WORDS = 500;

    /** What a label takes beside its characters. */
    private static final int CHARACTERS_A_LABEL = 50;

    public CapturedAnswer {
        offered = List.copyOf(offered);
        predicted = List.copyOf(predicted);
    }

    CapturedAnswer withoutText() {
        return new CapturedAnswer(requestId, index, null, offered, predicted, adapter, version);
    }

    /** What it takes in memory, roughly, beside the labels that it was chosen from. */
    int characters() {
        return (text == null ? 0 : text.length()) + characters(predicted) + CHARACTERS_BESIDE_WORDS;
    }

    /** What the labels take that it was chosen from. */
    int charactersOffered() {
        return characters(offered);
    }

    private static int characters(List<String> labels) {
        return labels.stream()
                .mapToInt(label -> label.length() + CHARACTERS_A_LABEL)
                .sum();
    }
}
