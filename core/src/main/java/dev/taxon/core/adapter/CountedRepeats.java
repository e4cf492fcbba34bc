package dev.taxon.core.adapter;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/** How often a pattern's counted repeats, such as {@code {2,5}}, may repeat what they hold. */
final class CountedRepeats {
    private static final Pattern COUNTED = Pattern.compile("\\{([0-9]+)(?:,([0-9]*))?\\}");

    /** More digits are more than any limit. */
    private static final int MOST_DIGITS = 6;

    private CountedRepeats() {}

    /**
     * The largest counts of all repeats, multiplied, as if each held the others: what a compiled pattern is larger by at most.
     * Braces that are meant literally are counted, too. {@link Long#MAX_VALUE} beyond a million.
     */
    static long of(String pattern) {
        long repeats = 1;
        Matcher counted = COUNTED.matcher(pattern);
        while (counted.find()) {
            repeats *= Math.max(1, Math.max(number(counted.group(1)), number(counted.group(2))));
            if (repeats > 1_000_000) {
                return Long.MAX_VALUE;
            }
        }
        return repeats;
    }

    private static long number(@Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            return 0;
        }
        return digits.length() > MOST_DIGITS ? Integer.MAX_VALUE : Long.parseLong(digits);
    }
}
