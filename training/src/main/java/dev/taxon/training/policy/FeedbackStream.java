package dev.taxon.training.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.training.data.BoundedLines;
import dev.taxon.training.data.DataException;
import dev.taxon.training.data.JsonPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Feedback of a JSON Lines file in UTF-8, one row at a time: {@code {"text", "labels", "predicted", "verdict":
 * "accepted|rejected|corrected", "true_labels"?}}. Strict: anything else ends the reading with the file's name and line,
 * never with contents. Blank lines are passed over. Not thread-safe.
 */
public final class FeedbackStream implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build());

    private final Path file;
    private final BoundedLines lines;
    private long line;

    private FeedbackStream(Path file, BoundedLines lines) {
        this.file = file;
        this.lines = lines;
    }

    /** Throws {@link DataException} when there is no such file or it cannot be read. */
    public static FeedbackStream open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DataException("There is no feedback file " + file + "; check the path.");
        }
        try {
            return new FeedbackStream(file, new BoundedLines(Files.newInputStream(file)));
        } catch (IOException e) {
            throw new DataException("The feedback file " + file + " cannot be read; check its permissions.", e);
        }
    }

    /** The next row, or null after the last. Throws {@link DataException} for a row that cannot be used. */
    public @Nullable FeedbackRow next() {
        String text = text();
        return text == null ? null : row(text);
    }

    private @Nullable String text() {
        try {
            String text = lines.next();
            line = text == null ? line : lines.number();
            return text;
        } catch (CharacterCodingException e) {
            throw new DataException(
                    "The feedback file " + file + " is not UTF-8 after line " + line + "; convert the file.");
        } catch (DataException tooLong) {
            throw new DataException(file + ", line " + lines.number() + " " + tooLong.getMessage());
        } catch (IOException e) {
            throw new DataException(
                    "The feedback file " + file + " cannot be read after line " + line + "; check the disk.", e);
        }
    }

    private FeedbackRow row(String text) {
        try {
            return FeedbackParser.parse(object(text));
        } catch (IllegalArgumentException e) {
            throw new DataException(place() + " " + e.getMessage());
        } catch (JsonProcessingException e) {
            // The cause is left out: its message quotes the line.
            throw new DataException(place() + " is not well-formed JSON" + JsonPlace.column(e)
                    + "; put each on one line, complete, with each field once.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode object(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonNode row = JSON.readTree(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("has more than one row; put each on one line.");
            }
            return row;
        }
    }

    /** Where the row last given stands, for messages: file and line. */
    public String place() {
        return file + ", line " + line;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new DataException("The feedback file " + file + " cannot be closed; check the disk.", e);
        }
    }
}
