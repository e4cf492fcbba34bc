package dev.taxon.training.sampling;

import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSet;
import java.util.List;

/**
 * Token counts of a set's rows, each counted when it is first drawn and then remembered in four bytes: batches keep to
 * their budget exactly, and rows that no step will see are never tokenised. Not thread-safe.
 */
final class RowLengths {
    private final List<Example> examples;
    private final RowTokens tokens;
    private final int maxLabels;
    private final boolean ownLabels;
    private final char[] texts;
    private final char[] labels;

    RowLengths(LabelledSet set, RowTokens tokens, int maxLabels) {
        List<String> first = set.examples().get(0).allLabels();
        this.examples = set.examples();
        this.tokens = tokens;
        this.maxLabels = maxLabels;
        this.ownLabels =
                examples.stream().anyMatch(example -> !example.allLabels().equals(first));
        this.texts = new char[set.size()];
        this.labels = new char[ownLabels ? set.size() : 0];
    }

    /** Tokens of a row's text with its two special ones, at most 65,535. */
    int text(int row) {
        if (texts[row] == 0) {
            texts[row] = capped(tokens.text(examples.get(row).text()).length());
        }
        return texts[row];
    }

    /** Tokens of labels that only this row reads, with their marks; 0 where rows share their labels. */
    int labels(int row) {
        if (!ownLabels) {
            return 0;
        }
        if (labels[row] == 0) {
            labels[row] = capped(examples.get(row).allLabels().stream()
                    .limit(maxLabels)
                    .mapToInt(label -> tokens.label(label).length() + 1)
                    .sum());
        }
        return labels[row];
    }

    private static char capped(int length) {
        return (char) Math.min(length, Character.MAX_VALUE);
    }
}
