package dev.taxon.cli.evaluate;

import dev.taxon.cli.console.WrongUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command writes its page, if it is asked for one. */
final class PageOption {
    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page, too, which needs nothing but a browser.")
    private @Nullable Path file;

    boolean asked() {
        return file != null;
    }

    /** Refuses a place that cannot be written to, before the work is done. */
    void check() {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isWritable(folder)) {
            throw new WrongUse("--html takes a file in a folder that is there and can be written to");
        }
    }

    void write(String html) throws IOException {
        if (file != null) {
            Files.writeString(file, html);
        }
    }
}
