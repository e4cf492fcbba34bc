package dev.taxon.training.data;

import java.util.List;

/**
 * The rows of one file.
 *
 * @param name the file's name without its endings
 * @param digest SHA-256 of the file's bytes, in hexadecimal
 * @param singleLabel true when every row has exactly one true label
 */
public record LabelledSet(String name, List<Example> examples, String digest, boolean singleLabel) {
    public LabelledSet {
        examples = List.copyOf(examples);
        if (examples.isEmpty()) {
            throw new DataException(name + " holds no rows; give a file with at least one.");
        }
    }

    /** A set of rows whose kind is read from the rows themselves. */
    public static LabelledSet of(String name, String digest, List<Example> examples) {
        boolean singleLabel =
                examples.stream().allMatch(example -> example.trueLabels().size() == 1);
        return new LabelledSet(name, examples, digest, singleLabel);
    }

    public int size() {
        return examples.size();
    }
}
