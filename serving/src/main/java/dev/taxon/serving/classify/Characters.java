package dev.taxon.serving.classify;

/** Checks that strings are sequences of characters that can be tokenised and stored. */
final class Characters {
    private Characters() {}

    static void check(Place place, String value) {
        for (int i = 0; i < value.length(); i++) {
            char unit = value.charAt(i);
            if (unit == 0) {
                throw place.invalid("A NUL character (U+0000) is not allowed.");
            }
            if (Character.isHighSurrogate(unit)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(unit)) {
                throw place.invalid("Half of a surrogate pair is not a character. Send well-formed Unicode.");
            }
        }
    }
}
