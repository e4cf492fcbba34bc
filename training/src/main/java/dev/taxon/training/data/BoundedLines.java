package dev.taxon.training.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8 text with their numbers; bounded, so that a file without line ends cannot fill the heap. */
final class BoundedLines implements AutoCloseable {
    static final int MAX_CHARACTERS = 32 * 1024 * 1024;

    private final BufferedReader reader;
    private long number;

    BoundedLines(InputStream bytes) {
        this.reader = new BufferedReader(new Utf8Reader(bytes), 1 << 16);
    }

    /** Number of the line last asked for, from 1. */
    long number() {
        return number;
    }

    /** The next line without its end, or null after the last. */
    @Nullable
    String next() throws IOException {
        number++;
        StringBuilder line = new StringBuilder();
        int character = reader.read();
        if (character < 0) {
            return null;
        }
        while (character >= 0 && character != '\n') {
            append(line, character);
            character = reader.read();
        }
        return line.toString();
    }

    private void append(StringBuilder line, int character) {
        if (line.length() == MAX_CHARACTERS) {
            throw new DataException(
                    "is longer than " + MAX_CHARACTERS + " characters; put each row on a line of its own.");
        }
        line.append((char) character);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
