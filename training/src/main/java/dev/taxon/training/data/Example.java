package dev.taxon.training.data;

import java.util.List;

/**
 * A text with the labels it could have and those it has.
 *
 * @param text the text, not blank, well-formed Unicode
 * @param allLabels the candidates, distinct, at least one; equal lists of one file are one object
 * @param trueLabels those of {@code allLabels} that are right, possibly none; equal lists of one file are one object
 */
public record Example(String text, List<String> allLabels, List<String> trueLabels) {
    public Example {
        allLabels = List.copyOf(allLabels);
        trueLabels = List.copyOf(trueLabels);
    }
}
