package dev.taxon.core;

import org.jspecify.annotations.Nullable;

/**
 * A label that a text may get.
 *
 * @param threshold the score from which this label is predicted, in [0, 1]; null for the input's
 */
public record CandidateLabel(String name, @Nullable Double threshold) {

    /** Sizes only, as names are a customer's words. */
    @Override
    public String toString() {
        return "CandidateLabel[%d characters, threshold %s]".formatted(name.length(), threshold);
    }
}
