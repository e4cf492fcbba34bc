package dev.taxon.cli.console;

import dev.taxon.training.DiskFault;
import dev.taxon.training.run.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command writes its page, if it is asked for one. */
public final class PageOption {
    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page, too, which needs nothing but a browser.")
    private @Nullable Path file;

    public boolean asked() {
        return file != null;
    }

    /** Refuses a place that cannot be written to, before the work is done. */
    public void check() {
        if (file == null || isNoFile(file)) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        boolean leadsNowhere = Files.isSymbolicLink(file) && !Files.exists(file);
        if (leadsNowhere || Files.isDirectory(file) || folder == null || !Files.isWritable(folder)) {
            throw new WrongUse("--html takes a file in a folder that is there and can be written to");
        }
    }

    /** Such as a pipe. */
    private static boolean isNoFile(Path place) {
        return Files.isWritable(place) && !Files.isRegularFile(place) && !Files.isDirectory(place);
    }

    /** Writes the page whole, or not at all; what is no file, such as a pipe, is written to as it is. */
    public void write(String html) {
        if (file == null) {
            return;
        }
        try {
            if (isNoFile(file)) {
                Files.writeString(file, html);
            } else {
                // Where a link leads, so that it stays one.
                Path place = Files.exists(file) ? file.toRealPath() : file;
                DurableFiles.write(place, html.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    "The page " + file + " could not be written (" + DiskFault.reason(e)
                            + "); make room on the disk, or choose another place.",
                    e);
        }
    }
}
