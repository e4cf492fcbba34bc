package dev.taxon.cli.classify;

import dev.taxon.cli.console.CommandFailure;
import dev.taxon.training.data.BoundedLines;
import dev.taxon.training.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** The lines of a named UTF-8 stream, blank ones passed over. Not thread-safe. */
final class Lines implements AutoCloseable {
    private final String name;
    private final BoundedLines lines;

    /** Reads from a stream, which this closes in the end. */
    Lines(String name, InputStream bytes) {
        this.name = name;
        this.lines = new BoundedLines(bytes);
    }

    /** One line and where it stands; lines are numbered from 1. */
    record Line(String name, long number, String text) {
        CommandFailure failure(String why) {
            return new CommandFailure(name + ", line " + number + ": " + why);
        }
    }

    /** The next line that is not blank; null after the last. */
    @Nullable
    Line next() throws IOException {
        try {
            String text = lines.next();
            return text == null ? null : new Line(name, lines.number(), text);
        } catch (CharacterCodingException malformed) {
            throw new CommandFailure(
                    name + ", at or after line " + lines.number() + ", is not UTF-8; convert it.", malformed);
        } catch (DataException tooLong) {
            throw new CommandFailure(name + ", line " + lines.number() + " " + tooLong.getMessage(), tooLong);
        }
    }

    /** Whether another line can probably be had without waiting for whoever writes it. */
    boolean ready() throws IOException {
        return lines.ready();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
