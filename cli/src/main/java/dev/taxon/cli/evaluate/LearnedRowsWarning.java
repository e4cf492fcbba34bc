package dev.taxon.cli.evaluate;

import dev.taxon.cli.lineage.EarlierData;
import dev.taxon.training.evaluation.RowChoice;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Figures of rows that an adapter has learned are better than those of new rows will be. */
final class LearnedRowsWarning {
    private LearnedRowsWarning() {}

    /** Warns where the rows' file is one that the adapter has learned, by its content. */
    static void print(@Nullable Path adapter, RowChoice choice, PrintWriter err) {
        if (EarlierData.of(adapter).contains(choice.file())) {
            err.printf(
                    "warning: %s has learned from %s, so that these figures say little of new rows;"
                            + " measure it on rows kept apart.%n",
                    adapter, choice.file());
        }
    }
}
