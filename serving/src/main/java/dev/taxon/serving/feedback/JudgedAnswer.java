package dev.taxon.serving.feedback;

import dev.taxon.sdk.wire.StoredFeedback;
import dev.taxon.sdk.wire.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer with what a person said of it, as it is stored.
 *
 * @param text the text
 * @param labels what is right; none when the answer was rejected
 * @param predicted what was answered
 * @param offered what it was chosen from; none where nothing was kept of the answer
 * @param adapter the adapter that answered; null for none, or where nothing was kept
 * @param version the adapter's version
 */
record JudgedAnswer(
        String requestId,
        int index,
        Verdict verdict,
        String text,
        List<String> labels,
        List<String> predicted,
        List<String> offered,
        @Nullable String adapter,
        @Nullable Integer version) {

    StoredFeedback wire() {
        return new StoredFeedback(
                requestId, index, verdict, labels, predicted, adapter == null ? null : adapter + "@" + version);
    }
}
