package dev.taxon.serving.feedback;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.sdk.wire.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Judged answers as lines of JSON, in the two formats that training reads. Used by one thread. */
final class FeedbackLines implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonGenerator lines;
    private long written;

    FeedbackLines(OutputStream out) throws IOException {
        this.lines = JSON.createGenerator(out);
        lines.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    }

    /** A labelled row, where it is known what is right: {@code {"text", "true_labels", "all_labels"?}}. */
    void labelled(JudgedAnswer judged) {
        if (judged.verdict() != Verdict.REJECTED) {
            line(() -> {
                lines.writeStringField("text", judged.text());
                strings("true_labels", judged.labels());
                if (!judged.offered().isEmpty()) {
                    strings("all_labels", judged.offered());
                }
            });
        }
    }

    /** A row of feedback, where it is known what was answered: as {@code FeedbackStream} reads it. */
    void judged(JudgedAnswer judged) {
        if (!judged.offered().isEmpty()) {
            line(() -> {
                lines.writeStringField("text", judged.text());
                strings("labels", judged.offered());
                strings("predicted", judged.predicted());
                lines.writeStringField("verdict", judged.verdict().name().toLowerCase(Locale.ROOT));
                if (judged.verdict() == Verdict.CORRECTED) {
                    strings("true_labels", judged.labels());
                }
            });
        }
    }

    @FunctionalInterface
    private interface Fields {
        void write() throws IOException;
    }

    private void line(Fields fields) {
        try {
            lines.writeStartObject();
            fields.write();
            lines.writeEndObject();
        } catch (IOException failure) {
            throw new UncheckedIOException("A line of feedback cannot be written.", failure);
        }
        written++;
    }

    private void strings(String field, List<String> strings) throws IOException {
        lines.writeArrayFieldStart(field);
        for (String string : strings) {
            lines.writeString(string);
        }
        lines.writeEndArray();
    }

    long written() {
        return written;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
