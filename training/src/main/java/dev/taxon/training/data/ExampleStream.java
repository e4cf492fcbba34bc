package dev.taxon.training.data;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a data file as examples, one at a time: JSON Lines or CSV, plain or gzipped, or Parquet. Strict: a row that
 * is not as it should be ends the reading with the file's name and line. Rows that name no candidates have those of the
 * whole file, which is then read once more beforehand. Memory is one row and the distinct label lists. Not thread-safe.
 */
public final class ExampleStream implements AutoCloseable {
    private final Path file;
    private final ColumnNames columns;
    private final DataRows rows;
    private @Nullable List<String> labelsOfFile;

    private ExampleStream(Path file, ColumnNames columns, DataRows rows) {
        this.file = file;
        this.columns = columns;
        this.rows = rows;
    }

    /** As below, with columns found by their usual names. */
    public static ExampleStream open(Path file) {
        return open(file, ColumnNames.FOUND);
    }

    /** Throws {@link DataException} when there is no such file, it cannot be read or lacks the columns. */
    public static ExampleStream open(Path file, ColumnNames columns) {
        return new ExampleStream(file, columns, DataRows.open(file, columns));
    }

    /** The next row, or null after the last. Throws {@link DataException} for a row that cannot be used. */
    public @Nullable Example next() {
        DataRow row = rows.next();
        if (row == null) {
            return null;
        }
        if (row instanceof DataRow.Labelled labelled) {
            return example(labelled);
        }
        throw refused(row, ((DataRow.Refused) row).reason());
    }

    private Example example(DataRow.Labelled row) {
        if (row.text().isBlank()) {
            throw refused(row, "has a blank string in text; fill it in or remove the row.");
        }
        List<String> allLabels = row.allLabels();
        if (allLabels == null) {
            allLabels = labelsOfFile();
        } else if (!allLabels.containsAll(row.trueLabels())) {
            throw refused(row, "has a label in true_labels that is not in all_labels.");
        }
        return new Example(row.text(), allLabels, row.trueLabels());
    }

    private List<String> labelsOfFile() {
        List<String> labels = labelsOfFile;
        if (labels == null) {
            labels = FileLabels.of(file, columns);
            labelsOfFile = labels;
        }
        return labels;
    }

    private DataException refused(DataRow row, String reason) {
        return new DataException(rows.place(row.number()) + " " + reason);
    }

    /** SHA-256 of the file's bytes, in hexadecimal. To be asked for once, after the last row. */
    String digest() {
        return rows.digest();
    }

    @Override
    public void close() {
        rows.close();
    }
}
