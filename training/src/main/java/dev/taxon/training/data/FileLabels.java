package dev.taxon.training.data;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** The labels of a whole file, for rows that name no candidates of their own. */
final class FileLabels {
    /** More than any label set; a column of texts taken for labels is told by it before it fills the heap. */
    static final int MOST = 100_000;

    private FileLabels() {}

    /** All labels that rows have, sorted, so that they do not depend on the rows' order. */
    static List<String> of(Path file, ColumnNames columns) {
        TreeSet<String> labels = new TreeSet<>();
        try (DataRows rows = DataRows.open(file, columns)) {
            for (DataRow row = rows.next(); row != null; row = rows.next()) {
                if (row instanceof DataRow.Labelled labelled) {
                    labels.addAll(labelled.trueLabels());
                }
                requireFew(labels.size(), file);
            }
        }
        if (labels.isEmpty()) {
            throw new DataException("The data file " + file + " has no labels; give rows that have some.");
        }
        return List.copyOf(labels);
    }

    private static void requireFew(int labels, Path file) {
        if (labels > MOST) {
            throw new DataException("The data file " + file + " has more than " + MOST
                    + " different labels; is it the right column? Name it with --label-column.");
        }
    }
}
