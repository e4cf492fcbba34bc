package dev.taxon.training.data;

import java.text.Normalizer;
import java.util.Locale;

/** Strings without what does not make them another: Unicode form, case and spacing. Two that are then equal are the same. */
public final class PlainText {
    private PlainText() {}

    /** Compatibility composition (NFKC), lower case, single spaces, none at the ends. */
    public static String of(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        StringBuilder plain = new StringBuilder(folded.length());
        boolean space = false;
        for (int i = 0; i < folded.length(); i++) {
            char character = folded.charAt(i);
            if (isSpace(character)) {
                space = true;
            } else {
                if (space && !plain.isEmpty()) {
                    plain.append(' ');
                }
                plain.append(character);
                space = false;
            }
        }
        return plain.toString();
    }

    /** Whether there is nothing to read: spaces of any kind, controls and invisible format characters alone. */
    public static boolean isBlank(String text) {
        return text.codePoints()
                .allMatch(point -> (point <= Character.MAX_VALUE && isSpace((char) point))
                        || Character.getType(point) == Character.CONTROL
                        || Character.getType(point) == Character.FORMAT);
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
