package dev.taxon.serving.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a receiver knows that an event is ours and not an old one sent again: HMAC-SHA-256 over moment and body. */
final class Signature {
    static final String HEADER = "X-Taxon-Signature";
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** The header's value, {@code t=<seconds>,v1=<hex>}; signed is {@code <seconds>.<body>}. */
    static String of(byte[] secret, Instant moment, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update((moment.getEpochSecond() + ".").getBytes(StandardCharsets.US_ASCII));
            return "t=" + moment.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM + ".", missing);
        }
    }
}
