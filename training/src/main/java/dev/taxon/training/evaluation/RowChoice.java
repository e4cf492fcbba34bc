package dev.taxon.training.evaluation;

import dev.taxon.core.Mode;
import dev.taxon.training.data.ColumnNames;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a file are evaluated, and how they are read.
 *
 * @param mode null for single-label when every row has exactly one true label, and multi-label otherwise
 * @param limit the most rows to take, from the first on
 */
public record RowChoice(
        Path file, ColumnNames columns, @Nullable Mode mode, long limit) {
    /** Rows whose columns have names that are found. */
    public static RowChoice of(Path file, @Nullable Mode mode, long limit) {
        return new RowChoice(file, ColumnNames.FOUND, mode, limit);
    }
}
