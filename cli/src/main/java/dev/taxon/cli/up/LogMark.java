package dev.taxon.cli.up;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A place in a log, from which a later reader goes on.
 *
 * @param offset bytes that were there
 */
record LogMark(Path log, long offset) {
    private static final int LONGEST_READ = 1 << 18;
    private static final String CAUSE = "Caused by: ";
    private static final Pattern LINE_END = Pattern.compile("[\r\n]|\\\\[rnt]");

    static LogMark now(Path log) throws IOException {
        return new LogMark(log, Files.exists(log) ? Files.size(log) : 0);
    }

    /** What the last exception written since then says caused it; empty when there is none. */
    String lastCause() {
        String text = readSince();
        int at = text.lastIndexOf(CAUSE);
        return at < 0 ? "" : reason(text.substring(at + CAUSE.length()));
    }

    /** The message; the class where there is none. In JSON the trace is one string, with its line ends escaped. */
    private static String reason(String trace) {
        String line = LINE_END.split(trace, 2)[0].replace("\\\"", "\"");
        int colon = line.indexOf(": ");
        return colon < 0 ? line : line.substring(colon + 2);
    }

    private String readSince() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = file.length() < offset ? 0 : offset;
            file.seek(Math.max(start, file.length() - LONGEST_READ));
            byte[] bytes = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException noLog) {
            return "";
        }
    }
}
