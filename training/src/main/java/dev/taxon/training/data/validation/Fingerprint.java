package dev.taxon.training.data.validation;

import dev.taxon.training.data.PlainText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * 64 bits that stand for a string: the first of its SHA-256. Two of ten million different texts have the same one with a
 * probability of 3 in a million. Not thread-safe.
 */
final class Fingerprint {
    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** Of a text, whatever its case, spacing and Unicode form. */
    long ofText(String text) {
        return of(PlainText.of(text));
    }

    /** Of labels, whatever their order. */
    long ofLabels(List<String> labels) {
        return of(String.join("\0", labels.stream().sorted().toList()));
    }

    private long of(String string) {
        return ByteBuffer.wrap(digest.digest(string.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
