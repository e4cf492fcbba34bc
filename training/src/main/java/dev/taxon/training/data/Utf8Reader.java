package dev.taxon.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 as characters, without the byte-order mark. Unlike an InputStreamReader it hands out everything before malformed
 * bytes before it throws a {@link java.nio.charset.CharacterCodingException}, so that whoever reads knows the line.
 */
final class Utf8Reader extends Reader {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int BUFFER = 1 << 16;

    private final InputStream bytes;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer encoded = ByteBuffer.allocate(BUFFER).flip();
    private final CharBuffer decoded = CharBuffer.allocate(BUFFER).flip();
    private boolean started;
    private boolean ended;

    Utf8Reader(InputStream bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!decoded.hasRemaining()) {
            decode();
            skipByteOrderMark();
        }
        if (!decoded.hasRemaining()) {
            return -1;
        }
        int count = Math.min(length, decoded.remaining());
        decoded.get(buffer, offset, count);
        return count;
    }

    /**
     * Whether some can probably be read without waiting. It is not {@link #ready}, by which a BufferedReader would read on
     * beyond what it needs and meet damage before the rows that come before it are given.
     */
    boolean pending() throws IOException {
        return decoded.hasRemaining() || bytes.available() > 0;
    }

    private void skipByteOrderMark() throws IOException {
        if (!started && decoded.hasRemaining() && decoded.get(decoded.position()) == BYTE_ORDER_MARK) {
            decoded.get();
        }
        started = true;
        if (!decoded.hasRemaining()) {
            decode();
        }
    }

    /** Decodes at least one character, unless there is none left. */
    private void decode() throws IOException {
        decoded.clear();
        CoderResult result = decoder.decode(encoded, decoded, ended);
        while (decoded.position() == 0 && !ended && !result.isError()) {
            fetch();
            result = decoder.decode(encoded, decoded, ended);
        }
        boolean nothing = decoded.position() == 0;
        decoded.flip();
        if (nothing && result.isError()) {
            result.throwException();
        }
    }

    private void fetch() throws IOException {
        encoded.compact();
        int count = bytes.read(encoded.array(), encoded.position(), encoded.remaining());
        ended = count < 0;
        encoded.position(encoded.position() + Math.max(count, 0)).flip();
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
