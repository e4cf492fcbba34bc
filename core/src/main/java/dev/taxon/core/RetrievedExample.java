package dev.taxon.core;

import java.util.List;

/**
 * An example in the older, retrieval-augmented form.
 *
 * @param trueLabels labels that the example has; one without any is passed over, as in the reference
 * @param falseLabels labels that it does not have
 */
public record RetrievedExample(String text, List<String> trueLabels, List<String> falseLabels) {
    public RetrievedExample {
        trueLabels = List.copyOf(trueLabels);
        falseLabels = List.copyOf(falseLabels);
    }

    /** Sizes only: all are a customer's words. */
    @Override
    public String toString() {
        return "RetrievedExample[%d characters, %d and %d labels]"
                .formatted(text.length(), trueLabels.size(), falseLabels.size());
    }
}
