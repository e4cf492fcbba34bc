package dev.taxon.training.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a JSON Lines file, plain or gzipped, one at a time: {@code {"text", "all_labels", "true_labels"}}. Strict:
 * unknown, missing, repeated or ill-typed fields end the reading with the file's name and line. Blank lines are passed
 * over. Memory is one row and the distinct label lists. Not thread-safe.
 */
public final class ExampleStream implements AutoCloseable {
    private final Path file;
    private final DigestedFile bytes;
    private final BoundedLines lines;
    private final ExampleParser parser = new ExampleParser();

    private ExampleStream(Path file, DigestedFile bytes) {
        this.file = file;
        this.bytes = bytes;
        this.lines = new BoundedLines(bytes.content());
    }

    /** Throws {@link DataException} when there is no such file or it cannot be read. */
    public static ExampleStream open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DataException("There is no data file " + file + "; check the path.");
        }
        try {
            return new ExampleStream(file, new DigestedFile(file));
        } catch (IOException e) {
            throw new DataException("The data file " + file + " cannot be read: " + reason(e), e);
        }
    }

    /** The next row, or null after the last. Throws {@link DataException} for a row that cannot be used. */
    public @Nullable Example next() {
        try {
            String line = lines.next();
            while (line != null && line.isBlank()) {
                line = lines.next();
            }
            return line == null ? null : parser.parse(line);
        } catch (DataException e) {
            throw new DataException(place() + " " + e.getMessage());
        } catch (JsonProcessingException e) {
            // The cause is left out: its message quotes the line.
            throw new DataException(place() + " is not well-formed JSON at column "
                    + e.getLocation().getColumnNr() + "; write one complete object a line, each field once.");
        } catch (IOException e) {
            throw new DataException(place() + " cannot be read: " + reason(e), e);
        }
    }

    /** SHA-256 of the file's bytes, in hexadecimal. To be asked for once, after the last row. */
    String digest() {
        try {
            return bytes.digest();
        } catch (IOException e) {
            throw new DataException("The data file " + file + " cannot be read: " + reason(e), e);
        }
    }

    private String place() {
        return file + ", line " + lines.number();
    }

    private static String reason(IOException e) {
        if (e instanceof EOFException || e instanceof ZipException) {
            return "the gzip data is damaged or cut short; copy the file again.";
        }
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8; convert the file.";
        }
        return "the disk or file system answered with an error (" + e.getClass().getSimpleName() + ").";
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new DataException("The data file " + file + " cannot be closed: " + reason(e), e);
        }
    }
}
