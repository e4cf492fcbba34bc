package dev.taxon.cli.classify;

import dev.taxon.cli.console.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a UTF-8 stream with their numbers from 1, blank ones passed over; bounded, so that a file without line
 * ends cannot fill the heap. Not thread-safe.
 */
final class Lines implements AutoCloseable {
    static final int MAXIMUM_CHARACTERS = 16 << 20;
    private static final int BUFFER = 1 << 16;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final String name;
    private final Reader reader;
    private long number;

    /** Reads from a stream, which this closes in the end. */
    Lines(String name, InputStream bytes) {
        this.name = name;
        this.reader = new BufferedReader(
                new InputStreamReader(
                        bytes,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                BUFFER);
    }

    /** One line and where it stands. */
    record Line(String name, long number, String text) {
        CommandFailure failure(String why) {
            return new CommandFailure(name + ", line " + number + ": " + why);
        }
    }

    /** The next line that is not blank; null after the last. */
    @Nullable
    Line next() throws IOException {
        String text = read();
        while (text != null && text.isBlank()) {
            text = read();
        }
        return text == null ? null : new Line(name, number, text);
    }

    /** Whether another line can probably be had without waiting for whoever writes it. */
    boolean ready() throws IOException {
        return reader.ready();
    }

    private @Nullable String read() throws IOException {
        number++;
        StringBuilder line = new StringBuilder();
        int character = readCharacter();
        if (number == 1 && character == BYTE_ORDER_MARK) {
            character = readCharacter();
        }
        if (character < 0) {
            return null;
        }
        while (character >= 0 && character != '\n') {
            if (line.length() == MAXIMUM_CHARACTERS) {
                throw new CommandFailure(name + ", line " + number + " is longer than " + MAXIMUM_CHARACTERS
                        + " characters; put each input on a line of its own.");
            }
            line.append((char) character);
            character = readCharacter();
        }
        return line.toString();
    }

    private int readCharacter() throws IOException {
        try {
            return reader.read();
        } catch (CharacterCodingException malformed) {
            throw new CommandFailure(name + ", at or after line " + number + ", is not UTF-8; convert it.", malformed);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
