package dev.taxon.cli.evaluate;

import dev.taxon.cli.console.ModeWord;
import dev.taxon.cli.console.WrongUse;
import dev.taxon.cli.validate.ColumnOptions;
import dev.taxon.training.evaluation.RowChoice;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that choose labelled rows; shared by the commands that measure on them. */
final class RowOptions {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "The rows: .jsonl or .csv, plain or .gz, or .parquet.")
    private Path data = Path.of("");

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "single-label or multi-label. Default: what the rows say.")
    private @Nullable String mode;

    @Option(names = "--limit", paramLabel = "N", description = "Take the first N rows only.")
    private long limit = Long.MAX_VALUE;

    @Mixin
    private ColumnOptions columns = new ColumnOptions();

    /** Throws {@link WrongUse} for what makes no sense. */
    RowChoice choice() {
        if (limit < 1) {
            throw new WrongUse("--limit takes a number from 1 on");
        }
        return new RowChoice(data, columns.names(), ModeWord.read(mode).orElse(null), limit);
    }
}
