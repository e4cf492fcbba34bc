package dev.taxon.serving.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over what a call asks for, by which the same call is known again. */
final class RequestHash {
    private final MessageDigest digest;

    RequestHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256.", missing);
        }
    }

    RequestHash add(String part) {
        return add(part.getBytes(StandardCharsets.UTF_8));
    }

    /** Parts are told apart by their lengths, so that no two calls run together. */
    RequestHash add(byte[] part) {
        digest.update((part.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(part);
        return this;
    }

    byte[] bytes() {
        return digest.digest();
    }
}
