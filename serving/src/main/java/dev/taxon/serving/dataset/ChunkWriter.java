package dev.taxon.serving.dataset;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Cuts a file into chunks and hands each on once it is full; its memory is one chunk. Used by one thread. */
final class ChunkWriter extends OutputStream {
    /** Bytes of every chunk but the last. */
    static final int CHUNK_BYTES = 1 << 20;

    /** Takes the chunks of a file, in order, and how many bytes have come with them; the array is the taker's own. */
    @FunctionalInterface
    interface Sink {
        void store(int position, byte[] chunk, long received);
    }

    private final Sink sink;
    private final MessageDigest digest = sha256();
    private final byte[] buffer = new byte[CHUNK_BYTES];
    private int filled;
    private int position;
    private long received;
    private long bytes;

    ChunkWriter(Sink sink) {
        this.sink = sink;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, CHUNK_BYTES - filled);
            System.arraycopy(source, offset + done, buffer, filled, part);
            filled += part;
            done += part;
            if (filled == CHUNK_BYTES) {
                handOn();
            }
        }
        digest.update(source, offset, length);
        bytes += length;
    }

    private void handOn() {
        received += filled;
        sink.store(position, Arrays.copyOf(buffer, filled), received);
        position++;
        filled = 0;
    }

    /** Hands on what is left; to be called once, after the last byte. Closing does not, as that happens to broken files too. */
    void end() {
        if (filled > 0) {
            handOn();
        }
    }

    long bytes() {
        return bytes;
    }

    /** SHA-256 of all bytes; to be asked for once, at the end. */
    byte[] sha256OfAll() {
        return digest.digest();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
        }
    }
}
