package dev.taxon.training.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Lines of UTF-8 text with their numbers, without a byte-order mark; bounded, so that a file without line ends cannot fill
 * the heap. Not thread-safe.
 */
public final class BoundedLines implements AutoCloseable {
    static final int MAX_CHARACTERS = 32 * 1024 * 1024;

    private final Utf8Reader characters;
    private final BufferedReader reader;
    private long number;
    private long blank;

    /** Reads from a stream, which this closes in the end. */
    public BoundedLines(InputStream bytes) {
        this.characters = new Utf8Reader(bytes);
        this.reader = new BufferedReader(characters, 1 << 16);
    }

    /** Number of the line last asked for, from 1. */
    public long number() {
        return number;
    }

    /** How many blank lines were passed over. */
    public long blank() {
        return blank;
    }

    /** Whether another line can probably be had without waiting for whoever writes it. */
    public boolean ready() throws IOException {
        return reader.ready() || characters.pending();
    }

    /**
     * The next line that is not blank, without its end, or null after the last.
     *
     * @throws DataException for a line that is too long, in words that follow its place
     * @throws java.nio.charset.CharacterCodingException for one that is not UTF-8
     */
    public @Nullable String next() throws IOException {
        String line = read();
        while (line != null && line.isBlank()) {
            blank++;
            line = read();
        }
        return line;
    }

    private @Nullable String read() throws IOException {
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
