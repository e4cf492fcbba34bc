package dev.taxon.serving.http;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import java.util.regex.Pattern;

/** What tenants may call their things. */
public final class ResourceName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private ResourceName() {}

    /**
     * The name, where it is one.
     *
     * @param at where it stands in the request
     * @throws ProblemException for anything else, which it does not quote
     */
    public static String check(String value, String at) {
        if (!NAME.matcher(value).matches()) {
            throw new ProblemException(Problem.of(
                            ErrorCode.INVALID_REQUEST,
                            "A name is 1 to 63 letters, digits, dots, underscores and hyphens, and starts with a letter"
                                    + " or digit.")
                    .withAt(at));
        }
        return value;
    }
}
