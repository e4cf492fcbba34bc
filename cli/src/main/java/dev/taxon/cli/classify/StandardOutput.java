package dev.taxon.cli.classify;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** Standard output as a writer that fails when nobody reads it any more, and stays open when it is closed. */
final class StandardOutput extends Writer {
    private final PrintWriter out;

    StandardOutput(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        out.write(characters, offset, length);
    }

    @Override
    public void flush() throws IOException {
        if (out.checkError()) {
            throw new IOException("Standard output was closed by whoever read it.");
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
