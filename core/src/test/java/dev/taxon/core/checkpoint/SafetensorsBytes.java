package dev.taxon.core.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Safetensors files made by hand, so that they can lie. */
final class SafetensorsBytes {
    private SafetensorsBytes() {}

    static byte[] of(String header, int dataBytes) {
        return of(header.getBytes(StandardCharsets.UTF_8), header.length(), new byte[dataBytes]);
    }

    static byte[] of(byte[] header, long claimedLength, byte[] data) {
        return ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES + header.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(claimedLength)
                .put(header)
                .put(data)
                .array();
    }

    /** One entry of a header. */
    static String tensor(String name, String type, String shape, long begin, long end) {
        return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                .formatted(name, type, shape, begin, end);
    }

    static String header(String... tensors) {
        return "{" + String.join(",", tensors) + "}";
    }
}
