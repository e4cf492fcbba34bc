package dev.taxon.cli.evaluate;

import dev.taxon.cli.console.ModeWord;
import dev.taxon.cli.console.WrongUse;
import dev.taxon.core.Mode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
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

    Path data() {
        return data;
    }

    /** Null for what the rows say. */
    @Nullable
    Mode mode() {
        return ModeWord.read(mode).orElse(null);
    }

    long limit() {
        if (limit < 1) {
            throw new WrongUse("--limit takes a number from 1 on");
        }
        return limit;
    }
}
