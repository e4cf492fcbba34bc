package dev.taxon.serving.queue;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A piece of a file.
 *
 * @param data at most {@link #SIZE} bytes
 * @param digest SHA-256 of the data
 */
@SuppressWarnings("ArrayRecordComponent") // Written and gone: nothing compares or keeps one.
record Chunk(byte[] data, byte[] digest) {
    static final int SIZE = 1 << 20;

    /** The next piece of a stream; empty at its end. */
    static Chunk next(InputStream stream) throws IOException {
        byte[] data = stream.readNBytes(SIZE);
        return new Chunk(data, sha256(data));
    }

    boolean isEmpty() {
        return data.length == 0;
    }

    private static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
