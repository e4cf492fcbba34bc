package dev.taxon.serving.deployment;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation found of a version.
 *
 * @param macroF1 empty where rows differ in the labels that they offer
 * @param measured the mode that was judged in and the number of rows, which may be fewer after erasures
 */
record Judgement(OptionalDouble macroF1, double accuracy, Measured measured) {

    /** Figures of two judgements can be held against each other where these are the same. */
    record Measured(@Nullable String mode, @Nullable String rows) {}

    boolean isComparableWith(Judgement other) {
        return measured.equals(other.measured);
    }
}
