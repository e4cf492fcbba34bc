package dev.taxon.core.prompt;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.adapter.AdapterReference;
import java.util.List;

/**
 * An input as token ids, ready to be batched. One row holds all of it, unless its text is read in windows or its labels
 * in chunks; then there is a row for each chunk of each window.
 *
 * @param input what was asked
 * @param rows window after window, each with the chunks of the labels in their order
 * @param windows how many windows of the text there are
 * @param tokens tokens of the rows altogether, labels and marks included
 * @param truncated true when the text was cut
 */
public record EncodedInput(
        ClassificationInput input, List<EncodedRow> rows, int windows, int tokens, boolean truncated) {

    public EncodedInput {
        rows = List.copyOf(rows);
        if (windows < 1 || rows.isEmpty() || rows.size() % windows != 0) {
            throw new IllegalArgumentException("%d rows are not those of %d windows".formatted(rows.size(), windows));
        }
    }

    /** An input that one row holds. */
    public static EncodedInput of(ClassificationInput input, EncodedRow row, int tokens, boolean truncated) {
        return new EncodedInput(input, List.of(row), 1, tokens, truncated);
    }

    /** How many rows a window has, one a chunk of the labels. */
    public int chunks() {
        return rows.size() / windows;
    }

    /** How many positions forward passes compute for the input; see {@link EncodedRow#positions}. */
    public int positions() {
        return rows.stream().mapToInt(EncodedRow::positions).sum();
    }

    /** The digest of the adapter that the input is asked of; empty for the base alone. */
    public String adapterDigest() {
        AdapterReference adapter = input.adapter();
        return adapter == null ? "" : adapter.digest();
    }

    /** Sizes only: text, labels and their ids are a customer's words. */
    @Override
    public String toString() {
        return "EncodedInput[%d labels, %d rows, %d tokens, truncated %s]"
                .formatted(input.candidates().size(), rows.size(), tokens, truncated);
    }
}
