package dev.taxon.serving.deployment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Spreads calls over versions: the same key falls on the same side on every node, and stays there while the part grows. */
final class Routing {
    private static final int PARTS = 100;

    private Routing() {}

    /** From 0 to 99, evenly over keys; another adapter spreads the same keys in another way. */
    static int percentile(UUID adapter, String key) {
        byte[] hash = sha256((adapter + "/" + key).getBytes(StandardCharsets.UTF_8));
        return (int) Math.floorMod(ByteBuffer.wrap(hash).getLong(), (long) PARTS);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
