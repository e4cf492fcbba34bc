package dev.taxon.serving.adapter;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.http.ProblemException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * What a zip says of its directory at its end (APPNOTE 4.3.16), read before anything builds that directory in memory: it
 * ends right where the record of its end begins, so that no reader comes upon more of it than is said here.
 *
 * @param entries how many entries there are said to be
 * @param bytes how long the directory is said to be
 */
record ZipDirectory(int entries, long bytes) {
    private static final int SIGNATURE = 0x06054b50;
    private static final int LARGE_SIGNATURE = 0x07064b50;
    private static final int LARGE_LENGTH = 20;
    private static final int LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int ENTRIES = 10;
    private static final int BYTES = 12;
    private static final int OFFSET = 16;
    /** Of an entry with a name, extra fields and a comment of some hundred characters. */
    private static final int BYTES_OF_AN_ENTRY = 1_024;

    /** Reads the record that ends a zip; a problem where there is none. */
    static ZipDirectory read(Path zip) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "r")) {
            int length = (int) Math.min(file.length(), LARGE_LENGTH + LENGTH + LONGEST_COMMENT);
            byte[] end = new byte[length];
            file.seek(file.length() - length);
            file.readFully(end);
            ByteBuffer bytes = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = length - LENGTH; at >= 0; at--) {
                if (bytes.getInt(at) == SIGNATURE) {
                    return read(bytes, at, file.length() - length + at);
                }
            }
        }
        throw refused("The body is no zip that can be read");
    }

    private static ZipDirectory read(ByteBuffer bytes, int at, long end) {
        long size = Integer.toUnsignedLong(bytes.getInt(at + BYTES));
        long offset = Integer.toUnsignedLong(bytes.getInt(at + OFFSET));
        boolean large = at >= LARGE_LENGTH && bytes.getInt(at - LARGE_LENGTH) == LARGE_SIGNATURE;
        if (large || offset + size != end) {
            throw refused(
                    "The zip has another directory than its end says (of ZIP64, or with something before or after it)");
        }
        return new ZipDirectory(Short.toUnsignedInt(bytes.getShort(at + ENTRIES)), size);
    }

    /** Refuses a directory of more entries, or a longer one than so many need. */
    void requireSmall(int mostEntries) {
        if (entries > mostEntries || bytes > (long) mostEntries * BYTES_OF_AN_ENTRY) {
            throw refused("The zip's directory has " + entries + " entries in " + bytes
                    + " bytes, and an adapter's folder" + " has 2 or 3 files");
        }
    }

    private static ProblemException refused(String what) {
        return new ProblemException(
                ErrorCode.INVALID_REQUEST,
                what + ". Send a zip of a folder as PEFT writes it, with taxon.json beside.");
    }
}
