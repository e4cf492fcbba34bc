package dev.taxon.training.page;

import java.util.Locale;

/** Text as HTML and SVG take it. */
public final class Html {
    private Html() {}

    /** A customer's words, or any text, as text: nothing in it is markup, also within quotes. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(character -> append(escaped, character));
        return escaped.toString();
    }

    private static void append(StringBuilder escaped, int character) {
        switch (character) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            default ->
                escaped.appendCodePoint(Character.isISOControl(character) && character != '\n' ? ' ' : character);
        }
    }

    /** The beginning of a text, with dots where it goes on. */
    public static String shortened(String text, int characters) {
        return text.codePointCount(0, text.length()) <= characters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, characters - 1)) + "\u2026";
    }

    /** Like {@link String#format}, the same in every country. */
    public static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
