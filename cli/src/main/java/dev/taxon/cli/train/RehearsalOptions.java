package dev.taxon.cli.train;

import dev.taxon.cli.console.WrongUse;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSet;
import dev.taxon.training.data.LabelledSets;
import dev.taxon.training.supervised.Rehearsal;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Older rows that an adapter which goes on is not to forget. */
final class RehearsalOptions {
    @Option(
            names = "--rehearse",
            paramLabel = "F",
            description = "With --from: rows that the adapter learned before and should still know; may be repeated.")
    List<Path> data = List.of();

    @Option(
            names = "--rehearse-share",
            paramLabel = "S",
            description = "Share of these among the rows of an epoch. Default: " + Rehearsal.DEFAULT_SHARE + ".")
    @Nullable
    Double share;

    /** The files' rows; none where nothing is to be rehearsed. */
    List<LabelledSet> sets(ExampleOptions examples) {
        if (share != null && data.isEmpty()) {
            throw new WrongUse("--rehearse-share: give the rows by --rehearse");
        }
        return data.isEmpty() ? List.of() : LabelledSets.readAll(data, examples.columns.names());
    }

    Rehearsal rehearsal(List<LabelledSet> sets, boolean goesOn) {
        if (sets.isEmpty()) {
            return Rehearsal.none();
        }
        if (!goesOn) {
            throw new WrongUse("--rehearse is for going on from an adapter; name it by --from");
        }
        List<Example> rows =
                sets.stream().flatMap(set -> set.examples().stream()).toList();
        return new Rehearsal(rows, share == null ? Rehearsal.DEFAULT_SHARE : share);
    }
}
