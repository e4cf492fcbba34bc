package dev.taxon.sdk;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers a caller may add. Refusals name the header and never its value, which may be a secret. */
final class Headers {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E]*");

    /** Set by the client from options of their own, or by the JDK. */
    private static final Set<String> TAKEN = Set.of(
            "accept",
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "idempotency-key",
            "if-match",
            "last-event-id",
            "upgrade",
            "user-agent",
            "x-taxon-deadline-ms");

    private Headers() {}

    static void check(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a header");
        }
        if (TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the client sets the header " + name + " itself");
        }
        checkValue(name, value);
    }

    static void checkValue(String name, String value) {
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("the header " + name + " holds characters that headers cannot");
        }
    }
}
