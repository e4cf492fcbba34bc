package dev.taxon.serving.dataset;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows in the text format of {@code COPY}: tabs between columns, a line a row, whatever is special after a backslash. */
final class CopyText {
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private boolean first = true;

    CopyText number(long value) {
        return column(Long.toString(value));
    }

    CopyText bytes(byte[] value) {
        return column("\\\\x" + HexFormat.of().formatHex(value));
    }

    CopyText text(String value) {
        return column(escape(value));
    }

    /** An array of strings, or null. */
    CopyText texts(@Nullable List<String> values) {
        if (values == null) {
            return column("\\N");
        }
        StringBuilder array = new StringBuilder("{");
        for (String value : values) {
            array.append(array.length() > 1 ? ",\"" : "\"")
                    .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return column(escape(array.append('}').toString()));
    }

    void endRow() {
        lines.write('\n');
        first = true;
    }

    int size() {
        return lines.size();
    }

    byte[] toBytes() {
        return lines.toByteArray();
    }

    private CopyText column(String escaped) {
        if (!first) {
            lines.write('\t');
        }
        first = false;
        lines.writeBytes(escaped.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }
}
