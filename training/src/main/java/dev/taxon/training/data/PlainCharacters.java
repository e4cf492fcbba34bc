package dev.taxon.training.data;

/**
 * What a text or label may not hold: halves of surrogate pairs, which JSON can spell and UTF-8 cannot hold, and NUL, which
 * no database keeps in a text.
 */
final class PlainCharacters {
    private PlainCharacters() {}

    /** @param column what the string is called in messages */
    static String check(String string, String column) throws UnusableRow {
        if (hasNul(string)) {
            throw new UnusableRow("has a NUL character (U+0000) in " + column + ", which is no text; remove it.");
        }
        if (hasLoneSurrogate(string)) {
            throw new UnusableRow(
                    "has half of a surrogate pair in " + column + ", which is not a character; remove it.");
        }
        return string;
    }

    static boolean hasNul(String string) {
        return string.indexOf('\0') >= 0;
    }

    private static boolean hasLoneSurrogate(String string) {
        return string.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
