package dev.taxon.core;

import org.jspecify.annotations.Nullable;

/**
 * A label that a text may get.
 *
 * @param description words that say what the label means, read with its name; null for none
 * @param threshold the score from which this label is predicted, in [0, 1]; null for the input's
 */
public record CandidateLabel(
        String name, @Nullable String description, @Nullable Double threshold) {

    /** A label that its name alone describes. */
    public CandidateLabel(String name, @Nullable Double threshold) {
        this(name, null, threshold);
    }

    /** What the model reads for the label: its name, and what it means after a colon. */
    public String described() {
        return description == null || description.isBlank() ? name : name + ": " + description;
    }

    /** Sizes only, as names are a customer's words. */
    @Override
    public String toString() {
        return "CandidateLabel[%d characters, threshold %s]".formatted(name.length(), threshold);
    }
}
