package dev.taxon.cli.classify;

import dev.taxon.cli.console.CommandFailure;
import dev.taxon.training.DiskFault;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of results, which says which one it is where the disk fails. */
final class ResultFile extends Writer {
    private final Path file;
    private final Writer writer;

    private ResultFile(Path file, Writer writer) {
        this.file = file;
        this.writer = writer;
    }

    /** Begins the file anew. */
    static ResultFile begin(Path file) throws IOException {
        return new ResultFile(file, Files.newBufferedWriter(file));
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        told(() -> writer.write(characters, offset, length));
    }

    @Override
    public void flush() {
        told(writer::flush);
    }

    @Override
    public void close() {
        told(writer::close);
    }

    private interface Step {
        void run() throws IOException;
    }

    private void told(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new CommandFailure(
                    "Results could not be written to " + file + " (" + DiskFault.reason(e)
                            + "), which lacks some; make room on the disk, or choose another place, then run again.",
                    e);
        }
    }
}
