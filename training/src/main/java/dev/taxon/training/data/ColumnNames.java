package dev.taxon.training.data;

import org.jspecify.annotations.Nullable;

/**
 * Which columns a user wants to be read; those that are not named are found by their usual names.
 *
 * @param text the column of the texts; null to find it
 * @param label the column of the true labels; null to find it
 * @param separator what stands between the labels of a cell; null for the usual ones
 */
public record ColumnNames(
        @Nullable String text,
        @Nullable String label,
        @Nullable String separator) {
    /** Nothing named, everything found. */
    public static final ColumnNames FOUND = new ColumnNames(null, null, null);

    public ColumnNames {
        if (separator != null && separator.isEmpty()) {
            throw new IllegalArgumentException("The separator of labels is empty; give at least one character.");
        }
    }

    /** Whether the user chose columns, so that others are left out on purpose. */
    boolean named() {
        return text != null || label != null;
    }
}
