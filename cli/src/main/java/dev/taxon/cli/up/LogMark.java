package dev.taxon.cli.up;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A place in a log, from which a later reader goes on.
 *
 * @param offset bytes that were there
 */
record LogMark(Path log, long offset) {
    private static final int LONGEST_READ = 1 << 18;
    private static final String CAUSE = "Caused by: ";

    static LogMark now(Path log) throws IOException {
        return new LogMark(log, Files.exists(log) ? Files.size(log) : 0);
    }

    /** What the last exception written since then says caused it; empty when there is none. */
    String lastCause() {
        return readSince()
                .lines()
                .filter(line -> line.startsWith(CAUSE))
                .reduce((earlier, later) -> later)
                .map(LogMark::reason)
                .orElse("");
    }

    /** The message; the class where there is none. */
    private static String reason(String line) {
        String cause = line.substring(CAUSE.length());
        int colon = cause.indexOf(": ");
        return colon < 0 ? cause : cause.substring(colon + 2);
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
