package dev.taxon.serving.adapter;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.http.ResourceName;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An adapter as calls name it: {@code support}, whatever is active, or {@code support@3}, that version for good.
 *
 * @param number the version; empty for the active one
 */
public record AdapterReference(String name, OptionalInt number) {
    private static final Pattern PINNED = Pattern.compile("(?<name>[^@]*)@(?<number>[1-9][0-9]{0,8})");

    /** A version for good. */
    public static AdapterReference to(String name, int number) {
        return new AdapterReference(name, OptionalInt.of(number));
    }

    /**
     * Reads one of the two forms.
     *
     * @param at where it stands in the request
     * @throws ProblemException for anything else, which it does not quote
     */
    public static AdapterReference parse(String value, String at) {
        Matcher pinned = PINNED.matcher(value);
        if (pinned.matches()) {
            return to(ResourceName.check(pinned.group("name"), at), Integer.parseInt(pinned.group("number")));
        }
        if (value.contains("@")) {
            throw new ProblemException(Problem.of(
                            ErrorCode.INVALID_REQUEST,
                            "After the @ stands the number of a version, such as support@3; without it the active one"
                                    + " answers.")
                    .withAt(at));
        }
        return new AdapterReference(ResourceName.check(value, at), OptionalInt.empty());
    }

    @Override
    public String toString() {
        return number.isPresent() ? name + "@" + number.getAsInt() : name;
    }
}
