package dev.taxon.sdk;

import java.util.regex.Pattern;

/** A secret that prints as nothing. */
final class ApiKey {

    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]+");

    private final String secret;

    ApiKey(String secret) {
        // The JDK's own check of header values quotes them, so a key that it would refuse must not get that far.
        if (!VISIBLE.matcher(secret).matches()) {
            throw new IllegalArgumentException("the key is empty or holds characters that no key has");
        }
        this.secret = secret;
    }

    String authorization() {
        return "Bearer " + secret;
    }

    @Override
    public String toString() {
        return "ApiKey[hidden]";
    }
}
