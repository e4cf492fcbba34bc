package dev.taxon.core.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The protobuf wire format as a stream of fields, with every length held against the message it stands in. Buffers grow
 * with the bytes that really arrive, never with the length that is claimed.
 */
final class ProtobufReader {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    private final InputStream input;
    private long position;
    private int wireType;
    private long value;

    ProtobufReader(InputStream input) {
        this.input = input;
    }

    /**
     * Moves to the next field of a message.
     *
     * @param end the position at which the message ends
     * @return the field's number, or 0 at the end
     */
    int next(long end) throws IOException {
        if (position == end) {
            return 0;
        }
        long tag = varint();
        wireType = (int) (tag & 7);
        int field = (int) (tag >>> 3);
        if (field <= 0 || tag >>> 3 > Integer.MAX_VALUE) {
            throw new IOException("field number out of range");
        }
        value = wireType == VARINT || wireType == BYTES ? varint() : 0;
        if (end() < position || end() > end) {
            throw new EOFException("a field runs over the end of its message");
        }
        return field;
    }

    /** Moves to the next field of the outermost message, which ends where the stream does. */
    int nextAtTop() throws IOException {
        input.mark(1);
        if (input.read() < 0) {
            return 0;
        }
        input.reset();
        return next(Long.MAX_VALUE);
    }

    /** The wire type of the current field. */
    int wireType() {
        return wireType;
    }

    /** The value of the current field when it is a varint. */
    long varintValue() throws IOException {
        require(VARINT);
        return value;
    }

    /** The position at which the current field's content ends: where an embedded message ends. */
    long end() throws IOException {
        return switch (wireType) {
            case VARINT -> position;
            case BYTES -> position + value;
            case FIXED32 -> position + 4;
            case FIXED64 -> position + 8;
            default -> throw new IOException("wire type " + wireType + " is not known");
        };
    }

    /** The current field's content. */
    byte[] content() throws IOException {
        long size = end() - position;
        if (size > Integer.MAX_VALUE - 16) {
            throw new IOException("a field of more than 2 GB");
        }
        byte[] content = input.readNBytes((int) size);
        position += content.length;
        if (content.length != size) {
            throw new EOFException("the stream ends within a field");
        }
        return content;
    }

    void require(int expected) throws IOException {
        if (wireType != expected) {
            throw new IOException("wire type " + wireType + " where " + expected + " belongs");
        }
    }

    void skip() throws IOException {
        long size = end() - position;
        input.skipNBytes(size);
        position += size;
    }

    long varint() throws IOException {
        long result = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = input.read();
            if (octet < 0) {
                throw new EOFException("the stream ends within a number");
            }
            position++;
            result |= (octet & 0x7FL) << shift;
            if (octet < 0x80) {
                return result;
            }
        }
        throw new IOException("a number of more than ten bytes");
    }

    long position() {
        return position;
    }
}
