package dev.taxon.serving.tenant;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as its owner holds it: {@code tx_<id>_<secret>}. The id finds the stored row; the secret is 256 random bits, of
 * which only the SHA-256 is stored.
 *
 * @param id 16 hexadecimal digits
 * @param secret 64 hexadecimal digits
 */
public record ApiKey(String id, String secret) {
    private static final Pattern TOKEN = Pattern.compile("tx_([0-9a-f]{16})_([0-9a-f]{64})");
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;

    /** A new key from the system's source of randomness. */
    static ApiKey random(SecureRandom random) {
        return new ApiKey(hex(random, ID_BYTES), hex(random, SECRET_BYTES));
    }

    /** Reads a token; empty when it is not of a key's form. */
    public static Optional<ApiKey> parse(String token) {
        Matcher matcher = TOKEN.matcher(token);
        return matcher.matches() ? Optional.of(new ApiKey(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** The key in full, to be shown once. */
    public String token() {
        return "tx_" + id + "_" + secret;
    }

    /** SHA-256 of the secret's digits. */
    byte[] secretHash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256.", missing);
        }
    }

    /** Leaves the secret out, so that a key may be logged. */
    @Override
    public String toString() {
        return "tx_" + id;
    }

    private static String hex(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
