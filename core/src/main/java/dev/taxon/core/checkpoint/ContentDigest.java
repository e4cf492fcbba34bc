package dev.taxon.core.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;

/** SHA-256 over parts, of which none can be taken for another. Not thread-safe. */
public final class ContentDigest {
    private final MessageDigest digest = sha256();

    /** Adds tensors, sorted by name: name, element type, shape and bytes of each. */
    public ContentDigest tensors(Weights weights) {
        for (String name : new TreeSet<>(weights.names())) {
            TensorInfo info = weights.info(name);
            part(name.getBytes(StandardCharsets.UTF_8));
            part((info.type() + " " + info.shape()).getBytes(StandardCharsets.UTF_8));
            part(weights.bytes(name));
        }
        return this;
    }

    public ContentDigest part(byte[] bytes) {
        return part(ByteBuffer.wrap(bytes));
    }

    /** The digest of all parts; nothing can be added after it. */
    public String hexadecimal() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The length stands before each part, so that no two sequences of parts read alike. */
    private ContentDigest part(ByteBuffer bytes) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.remaining()).flip());
        digest.update(bytes);
        return this;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
