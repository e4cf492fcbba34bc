package dev.taxon.serving.tenant;

import java.security.SecureRandom;
import java.util.Optional;

/** An operator's key as its owner holds it: {@code txo_<id>_<secret>}; otherwise as a tenant's. */
public record OperatorKey(ApiKey parts) {
    private static final String PREFIX = "txo_";

    static OperatorKey random(SecureRandom random) {
        return new OperatorKey(ApiKey.random(random));
    }

    /** Reads a token; empty when it is not of an operator key's form. */
    public static Optional<OperatorKey> parse(String token) {
        return token.startsWith(PREFIX)
                ? ApiKey.parse("tx_" + token.substring(PREFIX.length())).map(OperatorKey::new)
                : Optional.empty();
    }

    /** What finds its stored row. */
    public String id() {
        return parts.id();
    }

    /** The key in full, to be shown once. */
    public String token() {
        return PREFIX + parts.id() + "_" + parts.secret();
    }

    /** Leaves the secret out, so that a key may be logged. */
    @Override
    public String toString() {
        return PREFIX + parts.id();
    }
}
