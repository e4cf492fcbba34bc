package dev.taxon.training.data;

/** Halves of surrogate pairs, which JSON can spell and UTF-8 cannot hold. */
final class Surrogates {
    private Surrogates() {}

    static void check(String string, String column) throws UnusableRow {
        if (hasLone(string)) {
            throw new UnusableRow(
                    "has half of a surrogate pair in " + column + ", which is not a character; remove it.");
        }
    }

    private static boolean hasLone(String string) {
        return string.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
